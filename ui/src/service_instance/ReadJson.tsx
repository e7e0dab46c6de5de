import { useEffect, useRef, useState } from "react";
import { Button } from "../components/Button";
import { TextArea } from "../components/TextArea";
import { failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";
import { FailureNote } from "../failure/FailureNote";
import { offsetOf } from "./place";
import { readJson, type Form } from "./state";

/** What looks like a secret is not left in sight, whatever came of reading it. */
const SECRET = /"?client_?secret"?\s*:|PRIVATE KEY/iu;

/** Takes the JSON of the cockpit and fills the form with it. */
export function ReadJson({ onRead, onClose }: { onRead(of: Form): void; onClose(): void }) {
  const [text, setText] = useState("");
  const [failure, setFailure] = useState<Failure | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const read = async () => {
    try {
      onRead(await readJson(text));
    } catch (thrown) {
      const found = failureOf(thrown);
      setFailure(found);
      if (SECRET.test(text)) setText("");
      const place = offsetOf(text, found.message);
      field.current?.focus();
      if (place !== null) field.current?.setSelectionRange(place, place + 1);
    }
  };
  return (
    <section className="card parameter-json" aria-label="Read JSON">
      <TextArea
        ref={field}
        label="JSON of the cockpit, of a service instance or of a service key"
        rows={7}
        value={text}
        onChange={(event) => setText(event.target.value)}
        data-testid="parameters-json"
      />
      {failure ? <FailureNote failure={failure} /> : null}
      <div className="row end">
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" disabled={text.trim() === ""} onClick={() => void read()}>
          Fill the form
        </Button>
      </div>
    </section>
  );
}
