import { LockKeyhole, LockKeyholeOpen } from "lucide-react";
import type { Variable } from "../bindings/Variable";
import { IconButton } from "../components/IconButton";
import { RowTable, type TableRow } from "../components/RowTable";
import { VariableField } from "../variables/VariableField";

const EMPTY: Variable = { name: "", value: "", enabled: true, secret: false };

/** Secret values that were typed and are not in the keyring yet, by variable. */
export type Typed = Readonly<Record<string, string>>;

export interface KeptVariablesProps {
  variables: ReadonlyArray<Variable>;
  onChange(variables: Variable[]): void;
  /** The secret variables whose value is in the keyring; null while nobody knows. */
  kept: ReadonlyArray<string> | null;
  typed: Typed;
  onTyped(typed: Typed): void;
}

interface CellProps extends Pick<KeptVariablesProps, "kept" | "typed" | "onTyped"> {
  row: TableRow<Variable>;
}

function Value({ row, kept, typed, onTyped }: CellProps) {
  const { value: variable, name, change } = row;
  if (!variable.secret) {
    return (
      <VariableField
        className="cell mono"
        aria-label={`${name} value`}
        value={variable.value}
        onChange={(value) => change({ value })}
      />
    );
  }
  const placeholder =
    kept === null
      ? "•••••••• type to replace"
      : kept.includes(variable.name)
        ? "•••••••• in the keyring"
        : "not set on this computer";
  return (
    <input
      type="password"
      className="cell mono"
      aria-label={`${name} secret value`}
      placeholder={placeholder}
      value={typed[variable.name] ?? ""}
      autoComplete="off"
      disabled={!variable.name}
      onChange={(event) => onTyped({ ...typed, [variable.name]: event.target.value })}
    />
  );
}

function Cells(props: CellProps) {
  const { value: variable, name, last, change } = props.row;
  const toggle = () => {
    // The value moves out of the file with the mark.
    if (!variable.secret && variable.value) props.onTyped({ ...props.typed, [variable.name]: variable.value });
    change({ secret: !variable.secret, value: "" });
  };
  return (
    <>
      <td>
        <input
          className="cell mono"
          aria-label={`${name} name`}
          placeholder={last ? "New variable" : ""}
          value={variable.name}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ name: event.target.value })}
        />
      </td>
      <td>
        <Value {...props} />
      </td>
      <td>
        <input
          className="cell"
          aria-label={`${name} description`}
          value={variable.description ?? ""}
          onChange={(event) => change({ description: event.target.value || undefined })}
        />
      </td>
      <td className="narrow">
        {last ? null : (
          <IconButton
            size="s"
            label={`${name} is secret`}
            pressed={variable.secret}
            icon={variable.secret ? LockKeyhole : LockKeyholeOpen}
            onClick={toggle}
          />
        )}
      </td>
    </>
  );
}

/** Variables of which some have their value in the keyring; what is typed for those is never shown. */
export function KeptVariables({ variables, onChange, kept, typed, onTyped }: KeptVariablesProps) {
  return (
    <RowTable
      noun="Variable"
      rows={variables}
      empty={EMPTY}
      heads={["Name", "Value", "Description", "Secret"]}
      onChange={onChange}
      renderCells={(row) => <Cells row={row} kept={kept} typed={typed} onTyped={onTyped} />}
    />
  );
}
