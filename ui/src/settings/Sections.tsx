import type { ReactNode } from "react";

/** One row of the settings: what it is at the left, the controls at the right. */
export function SettingRow({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="setting" role="group" aria-label={title}>
      <div>
        <div className="strong">{title}</div>
        <p className="dim small">{text}</p>
      </div>
      <div className="setting-controls">{children}</div>
    </div>
  );
}

export function SettingSection({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} aria-label={title} className="setting-section">
      <h2>{title}</h2>
      <div className="card">{children}</div>
    </section>
  );
}
