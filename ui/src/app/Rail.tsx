import { Cloud, History, Layers, Settings, type LucideIcon } from "lucide-react";
import { Icon } from "../components/Icon";
import { goTo, navigation, type Place } from "../navigation";
import { useStore } from "../store";

const ITEMS: ReadonlyArray<{ place: Place; label: string; icon: LucideIcon }> = [
  { place: "requests", label: "Collections", icon: Layers },
  { place: "tenants", label: "Tenants", icon: Cloud },
  { place: "history", label: "History", icon: History },
  { place: "settings", label: "Settings", icon: Settings },
];

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
        </button>
      ))}
    </nav>
  );
}
