import type { Error as Failure } from "../bindings/Error";

const EXPLANATION = "There is no token, so nothing was sent to the flow.";
const HINT = "Was the key deleted or renewed in the cockpit? Paste the current service key.";

/** What a token server says to a key that was deleted. */
export const refusedToken: Failure = {
  code: "token_refused",
  message: "The token server refused the key: Bad credentials.",
  hint: HINT,
  detail: "401 unauthorized: Bad credentials",
  diagnosis: {
    rule: "token_bad_credentials",
    title: "The token server does not know these credentials",
    explanation: EXPLANATION,
    evidence: [
      { kind: "request", text: "The token server refused the key: Bad credentials." },
      { kind: "status", text: "Status 401" },
    ],
    causes: [
      "The service key was deleted or renewed in the cockpit",
      "The secret was damaged on the way: `$`, `+` and `|` suffer in shells",
      "Client id and token address belong to different subaccounts",
    ],
    keys: [],
    hint: HINT,
    steps: [
      { kind: "import_key", label: "Import the current service key" },
      { kind: "copy_text", label: "Copy text for the basis team" },
    ],
    message: null,
    text: `The token server does not know these credentials. ${EXPLANATION}`,
  },
};
