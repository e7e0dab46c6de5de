import { useState } from "react";
import { Button } from "../components/Button";

export interface BulkTextProps {
  /** "Parameter", "Header", "Variable". */
  noun: string;
  start: string;
  onChange(text: string): void;
  onLeave(): void;
  /** What can be written besides `name: value`. */
  also?: string;
}

/** The rows of a table as text, one per line; every key stroke changes the rows. */
export function BulkText({ noun, start, onChange, onLeave, also }: BulkTextProps) {
  // The text is the user's while it is open: read back from the rows it would change under the caret.
  const [text, setText] = useState(start);
  return (
    <div className="bulk">
      <div className="row between">
        <span className="dim small">One per line, name: value. A line that starts with // is not sent. {also}</span>
        <Button size="s" onClick={onLeave}>
          As table
        </Button>
      </div>
      <textarea
        className="input mono"
        aria-label={`${noun}s as text`}
        value={text}
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          onChange(event.target.value);
        }}
      />
    </div>
  );
}
