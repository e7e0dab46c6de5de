import { LockKeyhole, LockKeyholeOpen } from "lucide-react";
import type { Variable } from "../bindings/Variable";
import { IconButton } from "../components/IconButton";
import { RowTable, type TableRow } from "../components/RowTable";
import { useStore } from "../store";
import { NEW_VARIABLE, VARIABLE_HEADS, VariableCells, VariableValue } from "../variables/VariableCells";
import { HoldSecrets } from "./HoldSecrets";
import { holding } from "./secrets";

const HEADS = [...VARIABLE_HEADS, "Secret"];

/** Secret values that were typed and are not in the keyring yet, by variable. */
export type Typed = Readonly<Record<string, string>>;

export interface KeptVariablesProps {
  variables: ReadonlyArray<Variable>;
  onChange(variables: Variable[]): void;
  /** The secret variables whose value is kept; null while nobody knows. */
  kept: ReadonlyArray<string> | null;
  typed: Typed;
  onTyped(typed: Typed): void;
}

interface CellProps extends Pick<KeptVariablesProps, "kept" | "typed" | "onTyped"> {
  row: TableRow<Variable>;
}

function Value({ row, kept, typed, onTyped }: CellProps) {
  const { value: variable, name } = row;
  if (!variable.secret) return <VariableValue row={row} />;
  const placeholder =
    kept === null
      ? "•••••••• type to replace"
      : kept.includes(variable.name)
        ? "•••••••• kept on this computer"
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
    <VariableCells row={props.row} value={<Value {...props} />}>
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
    </VariableCells>
  );
}

/** Variables of which some have their value in the keyring; what is typed for those is never shown. */
export function KeptVariables({ variables, onChange, kept, typed, onTyped }: KeptVariablesProps) {
  const { forRun, refused } = useStore(holding, (state) => state);
  return (
    <>
      <RowTable
        noun="Variable"
        rows={variables}
        empty={NEW_VARIABLE}
        heads={HEADS}
        onChange={onChange}
        renderCells={(row) => <Cells row={row} kept={kept} typed={typed} onTyped={onTyped} />}
      />
      {variables.some((one) => one.secret) ? (
        <HoldSecrets hold={forRun} refused={refused} onChange={(next) => holding.set({ forRun: next })} />
      ) : null}
    </>
  );
}
