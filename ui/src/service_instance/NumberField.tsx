import { Field } from "../components/Field";
import { useStore } from "../store";
import { Findings, useWrong } from "./Findings";
import { changeText, numberOf, serviceInstance } from "./state";

export interface NumberFieldProps {
  label: string;
  /** Its name in JSON. */
  parameter: string;
  text: "tokenValidity" | "validity" | "keyLength";
  hint: string;
}

/** A whole number; what is none stays as typed and does not get into the JSON. */
export function NumberField({ label, parameter, text, hint }: NumberFieldProps) {
  const value = useStore(serviceInstance, (state) => state.texts[text]);
  const wrong = useWrong(parameter);
  const isNone = numberOf(value) === undefined;
  return (
    <div>
      <Field
        label={label}
        mono
        inputMode="numeric"
        value={value}
        hint={hint}
        wrong={isNone ? "Only a whole number; it is left out of the JSON as it stands." : wrong}
        onChange={(event) => changeText({ [text]: event.target.value })}
      />
      {isNone ? null : <Findings of={parameter} besides />}
    </div>
  );
}
