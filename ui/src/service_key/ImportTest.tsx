import { RotateCw } from "lucide-react";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { TokenTrouble } from "../diagnosis/TokenTrouble";
import { count, duration } from "../format/time";
import { testImport, type Test } from "./import_state";

function TestState({ test, tenant }: { test: Exclude<Test, { state: "none" }>; tenant: string | null }) {
  const again = (
    <Button size="s" icon={RotateCw} onClick={() => void testImport()}>
      Test again
    </Button>
  );
  if (test.state === "asking") {
    return (
      <Callout tone="info" spin title="Asking the token server…" testId="import-test">
        <p>Nothing has been stored yet.</p>
      </Callout>
    );
  }
  if (test.state === "bad") {
    return (
      <div data-testid="import-test">
        <TokenTrouble failure={test.failure} asked={{ tenant, savedKey: null }} actions={again} />
      </div>
    );
  }
  const { facts } = test;
  return (
    <Callout
      tone="ok"
      testId="import-test"
      actions={again}
      title={
        <>
          Token works · {count(facts.roles.length, "role")}
          {facts.roles.length > 0 ? ": " : ""}
          <span className="mono strong">{facts.roles.slice(0, 3).join(", ")}</span>
          {facts.roles.length > 3 ? ` and ${facts.roles.length - 3} more` : ""}
        </>
      }
    >
      <p>
        {facts.roles.includes("ESBMessaging.send") ? "It may call every flow whose sender asks for this role. " : ""}
        {facts.method === "mtls" ? "mTLS, " : ""}
        {duration(facts.took_ms)}, valid {Math.round(facts.lifetime_seconds / 60)} min.
      </p>
    </Callout>
  );
}

/** Whether the key works; stays in sight while the facts above it scroll. */
export function ImportTest({ test, tenant }: { test: Test; tenant: string | null }) {
  if (test.state === "none") return null;
  return (
    <div className="import-test">
      <TestState test={test} tenant={tenant} />
    </div>
  );
}
