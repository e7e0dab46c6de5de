import { KeyRound } from "lucide-react";
import { Fragment, useRef } from "react";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { Icon } from "../components/Icon";
import { navigation } from "../navigation";
import { imports, openImport, pasteKey } from "../service_key/import_state";
import { useStore } from "../store";
import { dialogs } from "./dialogs";
import { leaveMissing, useMissingTenants, type MissingTenant } from "./missing_tenants";

function paste(tenant: string): void {
  openImport(tenant);
  void pasteKey();
}

/** The environments bound to a tenant. */
function Bound({ missing }: { missing: MissingTenant }) {
  return missing.bound.map(({ collection, environments }, at) => (
    <Fragment key={collection.id}>
      {at > 0 ? "; " : null}
      <b>{environments.join(", ")}</b> of {collection.name}
    </Fragment>
  ));
}

/** Asks for the keys of tenants that opened collections need, once. */
export function MissingTenants() {
  const missing = useMissingTenants();
  const elsewhere = useStore(navigation, (state) => state.palette);
  const importing = useStore(imports, (state) => state.open);
  const other = useStore(dialogs, (state) => state.open !== null);
  const start = useRef<HTMLButtonElement>(null);
  const [first, ...more] = missing;
  if (!first || elsewhere || importing || other) return null;
  const alone = more.length === 0;
  return (
    <Dialog
      title={
        alone
          ? `${first.name} is not on this computer: paste its service key`
          : `${missing.length} tenants are not on this computer: paste their service keys`
      }
      tile={
        <span className="tile">
          <Icon of={KeyRound} size={20} />
        </span>
      }
      focus={start}
      onClose={() => leaveMissing(missing)}
      onSubmit={() => paste(first.name)}
      testId="missing-tenants"
      footer={
        <>
          <span className="grow" />
          <Button onClick={() => leaveMissing(missing)} data-testid="missing-not-now">
            Not now
          </Button>
          {alone ? (
            <Button ref={start} variant="primary" keys="Ctrl Enter" onClick={() => paste(first.name)}>
              Paste key
            </Button>
          ) : null}
        </>
      }
    >
      <div className="dialog-body form">
        {alone ? (
          <p>
            Bound to it: <Bound missing={first} />.
          </p>
        ) : (
          <ul className="environment-list">
            {missing.map((one, at) => (
              <li key={one.name} className="environment-row">
                <div className="grow">
                  <b>{one.name}</b>
                  <div className="dim small">
                    <Bound missing={one} />
                  </div>
                </div>
                <Button
                  ref={at === 0 ? start : undefined}
                  variant={at === 0 ? "primary" : "outlined"}
                  aria-label={`Paste key of ${one.name}`}
                  onClick={() => paste(one.name)}
                >
                  Paste key
                </Button>
              </li>
            ))}
          </ul>
        )}
        <p className="second">
          A key is copied in the BTP cockpit under <b>Instances and Subscriptions</b>. Without it nothing is sent to the
          tenant; everything else in the collection works.
        </p>
      </div>
    </Dialog>
  );
}
