import { History, Info, Keyboard, LockKeyhole, Network, Palette, type LucideIcon } from "lucide-react";
import { Icon } from "../components/Icon";
import { moveFocus } from "../components/move_focus";
import { Skeleton } from "../components/Skeleton";
import { Tag } from "../components/Tag";
import { FailureNote } from "../failure/FailureNote";
import { HistorySettings } from "../history/HistorySettings";
import { NetworkSettings } from "../settings/NetworkSettings";
import { AboutSettings, AppearanceSettings, KeyringSettings } from "../settings/OtherSettings";
import { known, useSecretStore, useSettings } from "../settings/state";
import { WaitingImport } from "../service_key/WaitingImport";
import { useStore } from "../store";

const PARTS: ReadonlyArray<{ id: string; label: string; icon: LucideIcon }> = [
  { id: "settings-network", label: "Network", icon: Network },
  { id: "settings-appearance", label: "Appearance", icon: Palette },
  { id: "settings-keyring", label: "Keyring", icon: LockKeyhole },
  { id: "settings-history", label: "History", icon: History },
  { id: "settings-shortcuts", label: "Shortcuts", icon: Keyboard },
  { id: "settings-about", label: "About", icon: Info },
];

export function SettingsList() {
  const store = useSecretStore();
  return (
    <div className="side-scroll padded" onKeyDown={(event) => moveFocus(event, ".side-row")}>
      {PARTS.map(({ id, label, icon }) => (
        <button
          key={id}
          type="button"
          className="side-row"
          onClick={() => document.getElementById(id)?.scrollIntoView({ block: "start" })}
        >
          <Icon of={icon} />
          <span className="side-name">{label}</span>
          {id === "settings-keyring" && store ? (
            <span className="side-note">
              <Tag tone={store.state === "ready" ? "ok" : "warn"}>
                {store.state === "ready" ? "unlocked" : store.state === "locked" ? "locked" : "not there"}
              </Tag>
            </span>
          ) : null}
        </button>
      ))}
    </div>
  );
}

/** One page that scrolls; every change works at once. */
export function SettingsView() {
  const settings = useSettings();
  const store = useSecretStore();
  const failure = useStore(known, (state) => state.failure);
  if (!settings) {
    return (
      <div className="settings">
        <Skeleton label="Reading the settings" lines={8} />
      </div>
    );
  }
  return (
    <div className="settings">
      <h1 className="sr">Settings</h1>
      <WaitingImport />
      {failure ? <FailureNote failure={failure} /> : null}
      <NetworkSettings settings={settings} />
      <AppearanceSettings theme={settings.theme} />
      <KeyringSettings store={store} />
      <HistorySettings limits={settings.history} />
      <AboutSettings />
    </div>
  );
}
