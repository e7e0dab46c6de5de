import { useRef, useState } from "react";
import type { Cookie } from "../../bindings/Cookie";
import { Checkbox } from "../../components/Choice";
import { Field } from "../../components/Field";
import { Select } from "../../components/Select";
import { FormDialog } from "../../failure/FormDialog";
import { nameOf, type Jar } from "./jar";

export interface CookieDialogProps {
  tenant: string | null;
  jar: Jar;
  /** The cookie to be changed; absent for a new one. */
  cookie: Cookie | null;
  /** What a new one starts with. */
  domain: string;
  /** The sessions it can be put into, the likeliest first. */
  sessions: ReadonlyArray<string>;
  onClose(): void;
}

/** Sets a cookie by hand; the value of a kept one is never filled in. */
export function CookieDialog({ tenant, jar, cookie, domain, sessions, onClose }: CookieDialogProps) {
  const [name, setName] = useState(cookie?.name ?? "");
  const [value, setValue] = useState("");
  const [host, setHost] = useState(cookie?.domain ?? domain);
  const [path, setPath] = useState(cookie?.path ?? "/");
  const [session, setSession] = useState(cookie?.credential ?? sessions[0] ?? "");
  const [secure, setSecure] = useState(cookie?.secure ?? true);
  const first = useRef<HTMLInputElement>(null);
  const save = async () => {
    const named = {
      tenant,
      credential: session,
      domain: host.trim(),
      path: path.trim() || "/",
      name: name.trim(),
    };
    await jar.set({ cookie: named, value, secure }, cookie ? nameOf(tenant, cookie) : null);
    onClose();
  };
  return (
    <FormDialog
      title={cookie ? `Change ${cookie.name}` : "Add a cookie"}
      action="Save cookie"
      disabled={name.trim() === "" || host.trim() === ""}
      focus={first}
      onSave={save}
      onClose={onClose}
    >
      <Field ref={first} label="Name" mono value={name} onChange={(event) => setName(event.target.value)} />
      <Field
        label="Value"
        mono
        value={value}
        hint={cookie ? "The value it has now is replaced." : undefined}
        onChange={(event) => setValue(event.target.value)}
      />
      {!cookie && sessions.length > 1 ? (
        <div>
          <span className="label">Goes out with calls of</span>
          <Select
            className="full"
            label="Goes out with calls of"
            value={session}
            options={sessions.map((one) => ({ value: one, label: one || "no sign-in" }))}
            onChange={setSession}
          />
        </div>
      ) : null}
      <Field label="Host or domain" mono value={host} onChange={(event) => setHost(event.target.value)} />
      <Field label="Path" mono value={path} onChange={(event) => setPath(event.target.value)} />
      <Checkbox label="Only over TLS" checked={secure} onChange={setSecure} />
    </FormDialog>
  );
}
