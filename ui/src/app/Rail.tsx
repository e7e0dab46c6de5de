import { Cloud, History, Layers, Settings, ShieldCheck, type LucideIcon } from "lucide-react";
import { certificates, isDue } from "../certificate/state";
import { Icon } from "../components/Icon";
import { goTo, navigation, type Place } from "../navigation";
import { useStore } from "../store";

const ITEMS: ReadonlyArray<{ place: Place; label: string; icon: LucideIcon }> = [
  { place: "requests", label: "Collections", icon: Layers },
  { place: "tenants", label: "Tenants", icon: Cloud },
  { place: "history", label: "History", icon: History },
  { place: "certificates", label: "Certificates", icon: ShieldCheck },
  { place: "settings", label: "Settings", icon: Settings },
];

/** How many certificates ended or end within 30 days. */
function DueBadge() {
  const due = useStore(certificates, (state) => state.list?.filter(isDue).length ?? 0);
  if (due === 0) return null;
  return (
    <span className="rail-badge" aria-label={`${due} due`} data-testid="certificates-due">
      {due}
    </span>
  );
}

export function Rail() {
  const place = useStore(navigation, (state) => state.place);
  return (
    <nav className="rail" aria-label="Main">
      {ITEMS.map((item) => (
        <button
          key={item.place}
          type="button"
          className="rail-item"
          aria-current={item.place === place ? "page" : undefined}
          onClick={() => goTo(item.place)}
          data-testid={`rail-${item.place}`}
        >
          <Icon of={item.icon} size={20} />
          {item.label}
          {item.place === "certificates" ? <DueBadge /> : null}
        </button>
      ))}
    </nav>
  );
}
