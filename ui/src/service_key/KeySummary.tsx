import { BadgeCheck, KeyRound, Workflow } from "lucide-react";
import type { KeyImport } from "../bindings/KeyImport";
import { Tag } from "../components/Tag";
import { CopyText } from "../failure/CopyText";
import { hostOf } from "../format/address";
import { KIND, kindSentence, planSentence } from "./words";

/** What a key is: kind, plan, client id, hosts. */
export function KeySummary({ read, narrow = false }: { read: KeyImport; narrow?: boolean }) {
  const { facts } = read;
  if (!facts) return null;
  const leaf = facts.chain?.certificates[0];
  return (
    <section aria-label="What this key is">
      <h3 className="h3 first">What this key is</h3>
      <dl className="facts summary">
        <dt>Kind</dt>
        <dd className="row">
          <Tag tone="info" icon={facts.kind === "secret" ? KeyRound : BadgeCheck}>
            {KIND[facts.kind]}
          </Tag>
          {narrow ? null : <span>{kindSentence(facts.kind)}</span>}
        </dd>
        <dt>Plan</dt>
        <dd className="row">
          <Tag icon={Workflow}>{facts.plan}</Tag>
          {narrow ? null : <span>{planSentence(facts.plan)}</span>}
        </dd>
        <dt>Client ID</dt>
        <dd className="row">
          <span className="mono-s cut" title={facts.client_id}>
            {facts.client_id}
          </span>
          <CopyText label="Copy client id" text={facts.client_id} />
        </dd>
        {narrow && leaf ? (
          <>
            <dt>Subject</dt>
            <dd>{leaf.subject}</dd>
          </>
        ) : (
          <>
            <dt>{facts.plan === "api" ? "API" : "Runtime"}</dt>
            <dd className="mono-s cut" title={facts.host_url ?? ""}>
              {facts.host_url ? hostOf(facts.host_url) : "not in the key"}
            </dd>
            <dt>Token server</dt>
            <dd className="mono-s cut" title={facts.token_url}>
              {hostOf(facts.token_url)}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
