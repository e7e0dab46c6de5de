import { Button } from "../components/Button";
import { allowAnyHost, sendWithoutSignIn } from "./send";

/** Two ways on when a request would carry credentials to a host that is not the tenant's. */
export function ForeignHostActions({ draft }: { draft: string }) {
  const allow = () => {
    allowAnyHost(draft);
    // The buttons go away; what comes next is Send.
    document.querySelector<HTMLElement>('[data-testid="send"]')?.focus();
  };
  return (
    <>
      <Button size="s" onClick={() => sendWithoutSignIn(draft)} data-testid="send-without-sign-in">
        Send without sign-in
      </Button>
      <Button size="s" onClick={allow} data-testid="allow-any-host">
        Allow for this request
      </Button>
    </>
  );
}
