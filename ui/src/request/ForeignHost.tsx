import type { Error as Failure } from "../bindings/Error";
import { Button } from "../components/Button";
import { allowHost, sendWithoutSignIn } from "./send";

/** Two ways on when a request would carry credentials to a host that is not the tenant's. */
export function ForeignHostActions({ draft, problem }: { draft: string; problem: Failure }) {
  const allow = async () => {
    await allowHost(draft, problem.detail);
    // The buttons go away; what comes next is Send.
    document.querySelector<HTMLElement>('[data-testid="send"]')?.focus();
  };
  return (
    <>
      <Button size="s" onClick={() => sendWithoutSignIn(draft)} data-testid="send-without-sign-in">
        Send without sign-in
      </Button>
      <Button size="s" onClick={() => void allow()} title={problem.detail ?? undefined} data-testid="allow-host">
        Always allow this host
      </Button>
    </>
  );
}
