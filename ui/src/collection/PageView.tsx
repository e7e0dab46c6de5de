import type { Page } from "../navigation";
import { BrokenPage } from "./BrokenPage";
import { BRUNO_FILE, BrunoPage } from "./BrunoPage";
import { EnvironmentPage } from "./EnvironmentPage";
import { FolderPage } from "./FolderPage";
import { GlobalsPage } from "./GlobalsPage";

/** What stands in the workbench in place of a request. */
export function PageView({ page }: { page: Page }) {
  switch (page.kind) {
    case "broken":
      if (page.path === BRUNO_FILE) return <BrunoPage key={page.collection} collection={page.collection} />;
      return <BrokenPage key={`${page.collection}/${page.path}`} collection={page.collection} path={page.path} />;
    case "folder":
      return <FolderPage key={`${page.collection}/${page.path}`} collection={page.collection} path={page.path} />;
    case "environment":
      return (
        <EnvironmentPage
          key={`${page.collection}/${page.environment ?? ""}`}
          collection={page.collection}
          environment={page.environment}
          variable={page.variable}
        />
      );
    case "globals":
      return <GlobalsPage />;
  }
}
