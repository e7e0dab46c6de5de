import { CircleX } from "lucide-react";
import { useId, type ReactNode, type Ref, type TextareaHTMLAttributes } from "react";
import { Icon } from "./Icon";

export interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string;
  wrong?: string | null;
  hint?: ReactNode;
  ref?: Ref<HTMLTextAreaElement>;
}

/** Lines of text with their label, hint, and a sentence when they are wrong. */
export function TextArea({ label, wrong, hint, className, ...rest }: TextAreaProps) {
  const id = useId();
  const note = wrong ?? hint;
  return (
    <div className={className}>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        spellCheck={false}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        {...rest}
        className="input area mono"
        aria-invalid={wrong ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
      />
      {note ? (
        <div id={`${id}-note`} className={`field-note ${wrong ? "wrong" : ""}`} role={wrong ? "alert" : undefined}>
          {wrong ? <Icon of={CircleX} size={14} /> : null}
          <span>{note}</span>
        </div>
      ) : null}
    </div>
  );
}
