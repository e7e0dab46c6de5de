import { Eye, EyeOff, Pencil, Trash2 } from "lucide-react";
import type { Cookie } from "../../bindings/Cookie";
import { IconButton } from "../../components/IconButton";
import { CopyText } from "../../failure/CopyText";
import { clock, day } from "../../format/time";
import { Segments } from "../Segments";
import { keyOf, nameOf, type Jar } from "./jar";

interface JarRowProps {
  tenant: string | null;
  jar: Jar;
  cookie: Cookie;
  onChange(cookie: Cookie): void;
}

function JarRow({ tenant, jar, cookie, onChange }: JarRowProps) {
  const name = nameOf(tenant, cookie);
  const value = jar.revealed.get(keyOf(name));
  return (
    <tr>
      <td className="mono key">{cookie.name}</td>
      <td className="mono">
        {value === undefined ? (
          <Segments segments={cookie.value} />
        ) : (
          <>
            {value} <CopyText label={`Copy the value of ${cookie.name}`} text={value} />
          </>
        )}
      </td>
      <td className="mono small">
        {cookie.domain}
        {cookie.path}
      </td>
      <td className="small">{cookie.credential || "–"}</td>
      <td className="small">
        {cookie.expires_at ? `${day(cookie.expires_at)} ${clock(cookie.expires_at)}` : "with the session"}
      </td>
      <td className="num">
        <span className="row end">
          {value === undefined ? (
            <IconButton size="s" label={`Reveal ${cookie.name}`} icon={Eye} onClick={() => void jar.reveal(name)} />
          ) : (
            <IconButton size="s" label={`Hide ${cookie.name}`} icon={EyeOff} onClick={jar.hide} />
          )}
          <IconButton size="s" label={`Change ${cookie.name}`} icon={Pencil} onClick={() => onChange(cookie)} />
          <IconButton size="s" label={`Remove ${cookie.name}`} icon={Trash2} onClick={() => void jar.remove(name)} />
        </span>
      </td>
    </tr>
  );
}

/** What is sent along with the next call of the tenant. */
export function JarTable({ tenant, jar, onChange }: Omit<JarRowProps, "cookie">) {
  const cookies = jar.cookies ?? [];
  return (
    <table className="table dense headers" aria-label="Kept cookies">
      <thead>
        <tr>
          <th>Name</th>
          <th>Value</th>
          <th>Sent to</th>
          <th>Session</th>
          <th>Ends</th>
          <th className="num">
            <span className="sr">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {cookies.map((cookie) => (
          <JarRow key={keyOf(nameOf(tenant, cookie))} tenant={tenant} jar={jar} cookie={cookie} onChange={onChange} />
        ))}
      </tbody>
    </table>
  );
}
