import { Layers, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { EnvironmentRead } from "../bindings/EnvironmentRead";
import { Field } from "../components/Field";
import { IconButton } from "../components/IconButton";
import { Select } from "../components/Select";
import { toast } from "../components/Toast";
import { useAttempt } from "../failure/attempt";
import { renamePage } from "../navigation";
import { StageTag } from "../tenant/marks";
import { useTenants } from "../tenant/state";
import { EditedPage } from "./EditedPage";
import { chooseEnvironment, removeEnvironment } from "./environments";
import {
  changeEnvironment,
  isUnsaved,
  readEnvironment,
  rowOf,
  useEnvironmentEdit,
  writeEnvironment,
} from "./environment_edits";
import { KeptVariables } from "./KeptVariables";
import { refreshCollection, useCollection } from "./state";

const NONE = "*";

export interface EnvironmentPageProps {
  collection: string;
  /** Its name; none makes a new one. */
  environment: string | null;
  /** The variable to be set; it gets a row and the focus. */
  variable?: string | undefined;
}

/** Puts the focus into the value of a variable, once it can be shown. */
function useWanted({ collection, environment, variable }: EnvironmentPageProps, ready: boolean) {
  const page = useRef<HTMLDivElement>(null);
  const [row, setRow] = useState<number | null>(null);
  useEffect(() => {
    if (ready && variable) setRow(rowOf(collection, environment, variable));
  }, [ready, collection, environment, variable]);
  useEffect(() => {
    if (row === null || row < 0) return;
    const name = `Variable ${row + 1}`;
    page.current
      ?.querySelector<HTMLElement>(`[aria-label="${name} value"], [aria-label="${name} secret value"]`)
      ?.focus();
  }, [row]);
  return page;
}

function Binding({ tenant, onChange }: { tenant: string | null; onChange(tenant: string | null): void }) {
  const tenants = useTenants();
  const known = tenants.find((one) => one.name === tenant);
  return (
    <div>
      <span className="label">Tenant its requests go to</span>
      <div className="row">
        <Select
          label="Tenant its requests go to"
          value={tenant ?? NONE}
          options={[
            { value: NONE, label: "No tenant of its own" },
            ...tenants.map((one) => ({ value: one.name, label: one.name })),
            ...(tenant && !known ? [{ value: tenant, label: `${tenant} (needs a key)` }] : []),
          ]}
          onChange={(next) => onChange(next === NONE ? null : next)}
          testId="environment-tenant"
        />
        {known ? <StageTag stage={known.stage} /> : null}
      </div>
    </div>
  );
}

/** An environment: name, colour, tenant and variables. */
export function EnvironmentPage({ collection, environment, variable }: EnvironmentPageProps) {
  const tree = useCollection(collection);
  const kept = useEnvironmentEdit(collection, environment);
  const [fresh, setFresh] = useState(false);
  const [failure, attempt] = useAttempt();
  const page = useWanted({ collection, environment, variable }, fresh);
  useEffect(() => {
    void attempt(() => readEnvironment(collection, environment)).then(setFresh);
    // The file may change whenever the collection does.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [collection, environment, tree]);
  const shown = kept ? (kept.edit ?? kept.read) : null;
  const name = shown?.environment.name.trim() ?? "";
  const taken = name !== environment && (tree?.environments.some((one) => one.name === name) ?? false);
  const change = (edit: EnvironmentRead) => changeEnvironment(collection, environment, { edit });
  const save = () =>
    attempt(async () => {
      if (!shown || !name || taken) return;
      const became = await writeEnvironment(collection, environment);
      if (became === "kept") return;
      await refreshCollection(collection);
      if (became !== "written") return;
      toast(`Saved the environment “${name}”`);
      if (tree?.environment === environment && environment) await chooseEnvironment(collection, name);
      if (name !== environment) renamePage(collection, environment, name);
    });
  return (
    <EditedPage
      ref={page}
      icon={Layers}
      crumbs={[tree?.name ?? "", environment ?? "New environment"]}
      steps={
        environment ? (
          <IconButton
            label="Delete the environment"
            icon={Trash2}
            onClick={() => void removeEnvironment(collection, environment)}
          />
        ) : null
      }
      changed={isUnsaved(kept)}
      blocked={!name || taken}
      onSave={() => void save()}
      failure={failure}
      reading="Reading the environment"
    >
      {kept && shown ? (
        <div className="page-body">
          <div className="page-form">
            <Field
              label="Name"
              value={shown.environment.name}
              wrong={taken ? "This collection has an environment of that name." : null}
              onChange={(event) =>
                change({ ...shown, environment: { ...shown.environment, name: event.target.value } })
              }
            />
            <label className="row">
              <span className="label">Colour</span>
              <input
                type="color"
                className="color-field"
                value={shown.environment.color ?? "#8291a0"}
                onChange={(event) =>
                  change({ ...shown, environment: { ...shown.environment, color: event.target.value } })
                }
              />
            </label>
            <Binding tenant={shown.tenant} onChange={(tenant) => change({ ...shown, tenant })} />
          </div>
          <KeptVariables
            variables={shown.environment.variables}
            kept={shown.kept_secrets}
            typed={kept.typed}
            onTyped={(typed) => changeEnvironment(collection, environment, { typed })}
            onChange={(variables) => change({ ...shown, environment: { ...shown.environment, variables } })}
          />
        </div>
      ) : null}
    </EditedPage>
  );
}
