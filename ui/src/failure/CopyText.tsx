import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { backend } from "../backend";
import { IconButton } from "../components/IconButton";
import { useAttempt } from "./attempt";
import { FailureDialog } from "./FailureDialog";

/** Copies a text and shows for a moment that it did, or says why it did not. */
export function CopyText({ label, text }: { label: string; text: string }) {
  const [done, setDone] = useState(false);
  const [failure, attempt, forget] = useAttempt();
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 1500);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async () => setDone(await attempt(() => backend().clipboardCopy(text)));
  return (
    <>
      <IconButton size="s" label={done ? "Copied" : label} icon={done ? Check : Copy} onClick={() => void copy()} />
      <FailureDialog title="Nothing was copied" failure={failure} onClose={forget} />
    </>
  );
}
