import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { chooseBackend } from "./backend";
import { tauri } from "./backend/tauri";
import { shareNonce } from "./components/nonce";
import { followSystem } from "./settings/theme";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/button.css";
import "./styles/field.css";
import "./styles/menu.css";
import "./styles/choice.css";
import "./styles/mark.css";
import "./styles/card.css";
import "./styles/table.css";
import "./styles/tabs.css";
import "./styles/dialog.css";
import "./styles/feedback.css";
import "./styles/bar.css";
import "./styles/split.css";
import "./styles/code.css";
import "./styles/contrast.css";
import "./styles/rows.css";
import "./app/app.css";
import "./views/views.css";
import "./request/tab_strip.css";
import "./request/url_row.css";
import "./request/rows.css";
import "./request/request.css";
import "./collection/collection.css";
import "./collection/pages.css";
import "./variables/variables.css";
import "./exchange/exchange.css";
import "./exchange/timeline.css";
import "./exchange/cookies/cookies.css";
import "./exchange/body/body.css";
import "./diagnosis/diagnosis.css";
import "./history/history.css";
import "./history/sidebar.css";
import "./history/list.css";
import "./history/preview.css";
import "./history/compare.css";
import "./history/diff.css";
import "./certificate/certificate.css";
import "./connectivity/connectivity.css";
import "./service_key/service_key.css";
import "./key_check/key_check.css";
import "./service_instance/service_instance.css";
import "./token/token.css";
import "./settings/settings.css";

async function open(): Promise<void> {
  // The story of made-up data is for browsers during development; the product never carries it.
  if ((import.meta.env.DEV || import.meta.env.MODE === "story") && !("__TAURI_INTERNALS__" in window)) {
    const { storyBackend } = await import("./backend/memory_address");
    chooseBackend(storyBackend(location.search));
  } else chooseBackend(tauri);
  shareNonce();
  followSystem();
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<App />);
}

void open();
