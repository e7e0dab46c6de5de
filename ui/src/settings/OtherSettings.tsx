import { LockKeyhole } from "lucide-react";
import type { SecretStoreState } from "../bindings/SecretStoreState";
import type { Theme } from "../bindings/Theme";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Radio, Radios } from "../components/Choice";
import { SettingRow, SettingSection } from "./Sections";
import { changeSettings, loadSecretStore } from "./state";

const THEMES: ReadonlyArray<{ value: Theme; label: string }> = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "contrast", label: "High contrast" },
];

export function AppearanceSettings({ theme }: { theme: Theme }) {
  return (
    <SettingSection id="settings-appearance" title="Appearance">
      <SettingRow title="Theme" text="High contrast follows the system as well.">
        <Radios
          label="Theme"
          className="themes"
          value={theme}
          onChange={(next) =>
            void changeSettings({ theme: next }, `Theme: ${THEMES.find((one) => one.value === next)?.label ?? next}`)
          }
        >
          {THEMES.map(({ value, label }) => (
            <Radio
              key={value}
              value={value}
              className="theme-card"
              label={
                <>
                  <span className={`theme-picture ${value}`} aria-hidden="true">
                    <i />
                    <i />
                    <i />
                  </span>
                  {label}
                </>
              }
            />
          ))}
        </Radios>
      </SettingRow>
    </SettingSection>
  );
}

export function KeyringSettings({ store }: { store: SecretStoreState | null }) {
  return (
    <SettingSection id="settings-keyring" title="Keyring">
      <SettingRow
        title="Where secrets are"
        text="Client secrets and private keys stay in the keyring of this computer. Tokens live in memory only."
      >
        {store === null ? null : store.state === "ready" ? (
          <Callout tone="ok" icon={LockKeyhole} title="The keyring is ready">
            <p>Secrets go to this computer&apos;s keyring and nowhere else.</p>
          </Callout>
        ) : (
          <Callout
            tone="warn"
            title={store.state === "locked" ? "The keyring is locked" : "No keyring on this computer"}
            actions={
              <Button size="s" onClick={() => void loadSecretStore()}>
                Look again
              </Button>
            }
          >
            <p>
              {store.state === "unusable" ? `${store.reason} ` : ""}
              {store.hint}
            </p>
          </Callout>
        )}
      </SettingRow>
    </SettingSection>
  );
}

const KEYS: ReadonlyArray<[string, string]> = [
  ["Ctrl Enter", "Send, or the primary step of a dialog"],
  ["Esc", "Cancel sending, close"],
  ["Ctrl K", "Palette"],
  ["Ctrl V", "Add the service key in the clipboard, outside of text fields"],
  ["Ctrl L", "To the URL"],
  ["Ctrl N", "New request"],
  ["Ctrl S", "Save a request or settings to its file"],
  ["Ctrl W, Ctrl Shift T", "Close the tab, open it again"],
  ["Ctrl PgUp, Ctrl PgDn", "Tab to the left, right"],
  ["Ctrl D, F2", "Duplicate, rename"],
  ["Alt 1 … Alt 5", "Parts of the answer"],
  ["Ctrl F, F3", "Search in the body, next"],
  ["Ctrl \\", "Sidebar"],
  ["Ctrl O", "Open a collection folder"],
  ["Ctrl E", "Choose an environment"],
  ["N", "New request, in the tree"],
  ["F2, Del, Ctrl D", "Rename, delete, duplicate, in the tree"],
  ["Ctrl X, Ctrl V", "Move, in the tree"],
  ["Alt Up, Alt Down", "Move among its siblings, in the tree"],
  ["/", "Search the history"],
  ["Space, Shift Up, Shift Down", "Select, in the history"],
  ["C, Enter, Del", "Compare, open, delete, in the history"],
  ["F8, Shift F8", "Next, previous difference of a comparison"],
  ["F6, Shift F6", "Next, previous region"],
];

export function AboutSettings() {
  return (
    <>
      <SettingSection id="settings-shortcuts" title="Shortcuts">
        <dl className="shortcuts">
          {KEYS.map(([keys, does]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </SettingSection>
      <SettingSection id="settings-about" title="About">
        <SettingRow title="Sluice" text="A request workbench for SAP Integration Suite.">
          <p>Licence Apache-2.0. Sluice sends nothing but your calls.</p>
        </SettingRow>
      </SettingSection>
    </>
  );
}
