import { Plus } from "lucide-react";
import { useState } from "react";
import type { Cookie } from "../../bindings/Cookie";
import type { Exchange } from "../../bindings/Exchange";
import { Button } from "../../components/Button";
import { FailureNote } from "../../failure/FailureNote";
import { RemoveDialog } from "../../failure/RemoveDialog";
import { hostOf } from "../../format/address";
import { count } from "../../format/time";
import { Segments } from "../Segments";
import { CookieDialog } from "./CookieDialog";
import { useJar } from "./jar";
import { JarTable } from "./JarTable";
import { cookiesSet } from "./set_cookie";

function SetTable({ exchange }: { exchange: Exchange }) {
  const cookies = cookiesSet(exchange);
  if (cookies.length === 0) return <p className="pane-hint">This answer set no cookies.</p>;
  return (
    <table className="table dense headers" aria-label="Cookies of this answer">
      <thead>
        <tr>
          <th>Name</th>
          <th>Value</th>
          <th>Attributes</th>
          <th className="num">Call</th>
        </tr>
      </thead>
      <tbody>
        {cookies.map((cookie, place) => (
          // oxlint-disable-next-line react/no-array-index-key
          <tr key={place}>
            <td className="mono key">{cookie.name}</td>
            <td className="mono">
              <Segments segments={cookie.value} />
            </td>
            <td className="mono small">{cookie.attributes || "–"}</td>
            <td className="num">{cookie.call + 1}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The sessions a cookie can be put into: that of this call first, for the next one goes out in it. */
function sessionsOf({ key, request }: Exchange, kept: ReadonlyArray<Cookie>): string[] {
  const { kind } = request.authorization;
  const isOfKey = kind === "bearer" || kind === "basic" || kind === "certificate";
  const own = key && isOfKey ? [`${key} · ${kind}`] : kind === "none" ? [""] : [];
  const all = [...own, ...kept.map((cookie) => cookie.credential)];
  return all.length > 0 ? [...new Set(all)] : [""];
}

/** The cookies this answer set, and those that go out with the next call. */
export function CookiesTab({ exchange }: { exchange: Exchange }) {
  const { tenant } = exchange;
  const jar = useJar(tenant);
  const [editing, setEditing] = useState<{ cookie: Cookie | null } | null>(null);
  const [clearing, setClearing] = useState(false);
  const kept = jar.cookies ?? [];
  return (
    <div className="scroll cookies">
      <section aria-label="Set by this answer">
        <h3 className="sub">Set by this answer</h3>
        <SetTable exchange={exchange} />
      </section>
      <section aria-label="Kept cookies">
        <div className="row between">
          <h3 className="sub">{tenant ? `Kept for ${tenant}` : "Kept for requests without a tenant"}</h3>
          <span className="row">
            <Button size="s" icon={Plus} onClick={() => setEditing({ cookie: null })}>
              Add cookie
            </Button>
            <Button size="s" variant="plain" disabled={kept.length === 0} onClick={() => setClearing(true)}>
              Clear all…
            </Button>
          </span>
        </div>
        {jar.failure ? <FailureNote failure={jar.failure} /> : null}
        {jar.cookies && kept.length === 0 ? (
          <p className="pane-hint">
            No cookies are kept. A tenant sets them with its answers; they live as long as this run.
          </p>
        ) : (
          <JarTable tenant={tenant} jar={jar} onChange={(cookie) => setEditing({ cookie })} />
        )}
        {jar.revealed.size > 0 ? <p className="pane-hint">Revealed values are hidden again after 30 seconds.</p> : null}
      </section>
      {editing ? (
        <CookieDialog
          tenant={tenant}
          jar={jar}
          cookie={editing.cookie}
          domain={hostOf(exchange.url).replace(/:\d+$/, "")}
          sessions={sessionsOf(exchange, kept)}
          onClose={() => setEditing(null)}
        />
      ) : null}
      {clearing ? (
        <RemoveDialog
          title={`Remove ${count(kept.length, "cookie")}${tenant ? ` of ${tenant}` : ""}?`}
          text="The next call begins a new session and fetches a new CSRF token."
          hint="Cookies are kept for this run only."
          action="Clear all"
          onRemove={async () => {
            await jar.clear();
            setClearing(false);
          }}
          onClose={() => setClearing(false)}
        />
      ) : null}
    </div>
  );
}
