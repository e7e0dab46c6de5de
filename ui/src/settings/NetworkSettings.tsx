import { Landmark, Plus, Trash2 } from "lucide-react";
import { useEffect, useState, type FormEvent } from "react";
import { backend } from "../backend";
import type { Proxy } from "../bindings/Proxy";
import type { Settings } from "../bindings/Settings";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Radio, Radios, Switch } from "../components/Choice";
import { Field } from "../components/Field";
import { Icon } from "../components/Icon";
import { IconButton } from "../components/IconButton";
import { SettingRow, SettingSection } from "./Sections";
import { changeSettings } from "./state";

function ProxyChoice({ proxy }: { proxy: Proxy }) {
  const [kind, setKind] = useState<Proxy["kind"]>(proxy.kind);
  const [url, setUrl] = useState(proxy.kind === "url" ? proxy.url : "");
  const [bypass, setBypass] = useState(proxy.kind === "url" ? proxy.bypass : "");
  useEffect(() => {
    setKind(proxy.kind);
    if (proxy.kind === "url") {
      setUrl(proxy.url);
      setBypass(proxy.bypass);
    }
  }, [proxy]);
  const wrong =
    url && !/^(https?|socks5h?):\/\/[^\s/]+/.test(url)
      ? "Write http://host:port, https://host:port or socks5://host:port"
      : null;
  const choose = (next: Proxy["kind"]) => {
    setKind(next);
    if (next !== "url")
      void changeSettings(
        { proxy: { kind: next } },
        next === "system" ? "The system's proxy is used" : "No proxy is used",
      );
    else if (url && !wrong) keep();
  };
  const keep = () => {
    if (!url || wrong) return;
    if (proxy.kind === "url" && proxy.url === url && proxy.bypass === bypass) return;
    void changeSettings({ proxy: { kind: "url", url, bypass } }, `Calls go through ${url}`);
  };
  return (
    <>
      <Radios label="Proxy" value={kind} onChange={choose} className="proxy">
        <Radio
          value="system"
          label={
            <span>
              System <small className="dim">HTTPS_PROXY and the system&apos;s settings</small>
            </span>
          }
        />
        <Radio value="none" label="None" />
        <Radio value="url" label="This one" />
      </Radios>
      <div className="form-row">
        <Field
          className="grow"
          mono
          label="Proxy address"
          placeholder="http://host:port"
          disabled={kind !== "url"}
          value={url}
          wrong={kind === "url" ? wrong : null}
          onChange={(event) => setUrl(event.target.value)}
          onBlur={keep}
        />
        <Field
          className="grow"
          mono
          label="Not for these hosts"
          placeholder="localhost, .acme.example"
          disabled={kind !== "url"}
          value={bypass}
          onChange={(event) => setBypass(event.target.value)}
          onBlur={keep}
        />
      </div>
    </>
  );
}

function Seconds({ label, ms, onKeep }: { label: string; ms: number; onKeep(ms: number): void }) {
  const [text, setText] = useState(String(ms / 1000));
  useEffect(() => setText(String(ms / 1000)), [ms]);
  const value = Number(text);
  const wrong = Number.isFinite(value) && value > 0 && value <= 600 ? null : "Between 1 and 600";
  const keep = () => {
    if (!wrong && value * 1000 !== ms) onKeep(Math.round(value * 1000));
  };
  return (
    <Field
      className="seconds"
      label={`${label}, s`}
      inputMode="decimal"
      value={text}
      wrong={wrong}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === "Enter" && keep()}
    />
  );
}

function Authorities({ files }: { files: ReadonlyArray<string> }) {
  const add = async () => {
    const path = await backend().fileChoose();
    if (path && !files.includes(path))
      await changeSettings({ authorities: [...files, path] }, "The CA file is trusted");
  };
  return (
    <>
      {files.length > 0 ? (
        <ul className="rows" aria-label="More trusted roots">
          {files.map((path) => (
            <li key={path}>
              <Icon of={Landmark} />
              <span className="mono grow cut" title={path}>
                {path}
              </span>
              <IconButton
                size="s"
                label={`Remove ${path}`}
                icon={Trash2}
                onClick={() =>
                  void changeSettings(
                    { authorities: files.filter((one) => one !== path) },
                    "The CA file is no longer trusted",
                  )
                }
              />
            </li>
          ))}
        </ul>
      ) : null}
      <Button size="s" icon={Plus} onClick={() => void add()}>
        Add CA file…
      </Button>
    </>
  );
}

function Unverified({ hosts }: { hosts: ReadonlyArray<string> }) {
  const [host, setHost] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    const name = host.trim().toLowerCase();
    if (!name || hosts.includes(name)) return;
    void changeSettings({ unverified_hosts: [...hosts, name] }, `Certificates of ${name} are not verified any more`);
    setHost("");
  };
  return (
    <>
      {hosts.length > 0 ? (
        <Callout tone="bad" title="These hosts are not verified">
          <p>Anyone between you and them can read tokens and data, and answer in their name.</p>
          <ul className="rows" aria-label="Hosts that are not verified">
            {hosts.map((name) => (
              <li key={name}>
                <span className="mono grow">{name}</span>
                <IconButton
                  size="s"
                  label={`Verify ${name} again`}
                  icon={Trash2}
                  onClick={() =>
                    void changeSettings(
                      { unverified_hosts: hosts.filter((one) => one !== name) },
                      `${name} is verified again`,
                    )
                  }
                />
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <form className="row" onSubmit={add}>
        <Field
          className="grow"
          mono
          label="Host that is not verified"
          hideLabel
          placeholder="host, without https://"
          value={host}
          onChange={(event) => setHost(event.target.value)}
        />
        <Button type="submit" disabled={!host.trim()}>
          Stop verifying
        </Button>
      </form>
    </>
  );
}

/** Proxy, roots, time limits, redirects, and the one that lowers safety. */
export function NetworkSettings({ settings }: { settings: Settings }) {
  return (
    <SettingSection id="settings-network" title="Network">
      <SettingRow
        title="Proxy"
        text="Calls to tenants and token servers go through it. Loopback and the sandbox never do."
      >
        <ProxyChoice proxy={settings.proxy} />
      </SettingRow>
      <SettingRow
        title="More trusted roots"
        text="On top of the roots of this computer. Needed where a company proxy opens TLS."
      >
        <Authorities files={settings.authorities} />
      </SettingRow>
      <SettingRow title="Time limits" text="A flow may run on after Sluice stops waiting.">
        <div className="form-row">
          <Seconds
            label="Connect"
            ms={settings.connect_timeout_ms}
            onKeep={(ms) => void changeSettings({ connect_timeout_ms: ms }, "Time to connect changed")}
          />
          <Seconds
            label="Whole call"
            ms={settings.timeout_ms}
            onKeep={(ms) => void changeSettings({ timeout_ms: ms }, "Time for a call changed")}
          />
        </div>
        <p className="dim small">600 at most; a request may set its own.</p>
      </SettingRow>
      <SettingRow title="Redirects" text="Credentials never follow to another origin.">
        <Switch
          label="Follow redirects"
          checked={settings.follow_redirects}
          onChange={(follow_redirects) =>
            void changeSettings(
              { follow_redirects },
              follow_redirects ? "Redirects are followed" : "Redirects are shown",
            )
          }
        />
      </SettingRow>
      <SettingRow
        title="Verification off"
        text="For a test host with a certificate nobody vouches for. Never for production."
      >
        <Unverified hosts={settings.unverified_hosts} />
      </SettingRow>
    </SettingSection>
  );
}
