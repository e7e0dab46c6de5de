import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./IconButton";

export interface CopyButtonProps {
  label: string;
  onCopy(): Promise<unknown>;
  size?: "s" | "m";
}

/** Copies and shows for a moment that it did. */
export function CopyButton({ label, onCopy, size = "s" }: CopyButtonProps) {
  const [done, setDone] = useState<"done" | "failed" | null>(null);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(null), 1500);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async () => {
    try {
      await onCopy();
      setDone("done");
    } catch {
      setDone("failed");
    }
  };
  return (
    <IconButton
      size={size}
      label={done === "done" ? "Copied" : done === "failed" ? "The clipboard refused" : label}
      icon={done === "done" ? Check : done === "failed" ? X : Copy}
      onClick={() => void copy()}
    />
  );
}
