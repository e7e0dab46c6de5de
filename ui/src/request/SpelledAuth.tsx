import { Eye, EyeOff } from "lucide-react";
import { useId, useState } from "react";
import type { Authorization } from "../bindings/Authorization";
import { Callout } from "../components/Callout";
import { IconButton } from "../components/IconButton";
import { Segmented } from "../components/Segmented";
import { VariableField } from "../variables/VariableField";
import { isLiteral } from "./auth_kinds";

interface LineProps {
  label: string;
  value: string;
  onChange(value: string): void;
  placeholder?: string;
}

function Line({ label, value, onChange, placeholder }: LineProps) {
  const id = useId();
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <VariableField
        id={id}
        boxClass="input-wrap"
        className="input mono"
        value={value}
        onChange={onChange}
        placeholder={placeholder}
      />
    </div>
  );
}

/** A secret: dots while it stands there itself, readable while it is a variable. */
function SecretLine({ label, value, onChange }: LineProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const literal = isLiteral(value);
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <div className="row">
        <VariableField
          id={id}
          type={literal && !shown ? "password" : "text"}
          boxClass="input-wrap grow"
          className="input mono"
          value={value}
          onChange={onChange}
          placeholder="{{variable}}"
          aria-describedby={literal ? `${id}-note` : undefined}
        />
        {literal ? (
          <IconButton
            label={shown ? `Hide ${label}` : `Show ${label}`}
            icon={shown ? EyeOff : Eye}
            pressed={shown}
            onClick={() => setShown(!shown)}
          />
        ) : null}
      </div>
      {literal ? (
        <p id={`${id}-note`} className="field-note">
          Saved to a file this would be readable by everyone. Save will offer the keyring.
        </p>
      ) : null}
    </div>
  );
}

export interface SpelledAuthProps {
  authorization: Authorization;
  onChange(authorization: Authorization): void;
}

/** The fields of a sign-in that is spelled out where it is used. */
export function SpelledAuth({ authorization: now, onChange }: SpelledAuthProps) {
  switch (now.kind) {
    case "login":
    case "digest":
      return (
        <>
          <Line label="User name" value={now.username} onChange={(username) => onChange({ ...now, username })} />
          <SecretLine label="Password" value={now.password} onChange={(password) => onChange({ ...now, password })} />
        </>
      );
    case "token":
      return (
        <>
          <SecretLine label="Token" value={now.token} onChange={(token) => onChange({ ...now, token })} />
        </>
      );
    case "api_key":
      return (
        <>
          <Line label="Name" value={now.name} onChange={(name) => onChange({ ...now, name })} />
          <SecretLine label="Value" value={now.value} onChange={(value) => onChange({ ...now, value })} />
          <Segmented
            label="Where the API key goes"
            value={now.placement}
            options={[
              { value: "header", label: "Header" },
              { value: "query", label: "Query parameter" },
            ]}
            onChange={(placement) => onChange({ ...now, placement })}
          />
        </>
      );
    case "client_credentials":
      return (
        <>
          <Line
            label="Token URL"
            value={now.token_url}
            placeholder="https://…/oauth/token"
            onChange={(token_url) => onChange({ ...now, token_url })}
          />
          <Line label="Client id" value={now.client_id} onChange={(client_id) => onChange({ ...now, client_id })} />
          <SecretLine
            label="Client secret"
            value={now.client_secret}
            onChange={(client_secret) => onChange({ ...now, client_secret })}
          />
          <Line label="Scope" value={now.scope} onChange={(scope) => onChange({ ...now, scope })} />
          <Segmented
            label="Where id and secret go"
            value={now.placement}
            options={[
              { value: "header", label: "Basic header" },
              { value: "body", label: "Form fields" },
            ]}
            onChange={(placement) => onChange({ ...now, placement })}
          />
        </>
      );
    case "other":
      return (
        <Callout tone="warn" title={`Sluice cannot sign in with “${now.name}”`}>
          The file keeps it as it is. Choose another way here to send this request; that replaces it.
        </Callout>
      );
    default:
      return null;
  }
}
