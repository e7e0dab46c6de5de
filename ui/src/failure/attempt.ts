import { useState } from "react";
import { failureOf } from "../backend";
import type { Error as Failure } from "../bindings/Error";

type Attempt = (act: () => Promise<unknown>) => Promise<boolean>;

/** Why the last attempt did not work; how to make one, which answers whether it worked; how to forget the failure. */
export function useAttempt(): [Failure | null, Attempt, () => void] {
  const [failure, setFailure] = useState<Failure | null>(null);
  const attempt: Attempt = async (act) => {
    try {
      await act();
      setFailure(null);
      return true;
    } catch (thrown) {
      setFailure(failureOf(thrown));
      return false;
    }
  };
  return [failure, attempt, () => setFailure(null)];
}
