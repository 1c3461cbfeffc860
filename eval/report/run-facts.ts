import type { RunFacts } from '#core/evaluation/run-report.ts'
import type { RunRecord } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import { type RunSetup, readSetup } from '../run/run-setup.ts'

/** Stands where a run had no adapter. */
export const NO_ADAPTER = 'none'

/** A run as a person reads it. */
export function runFacts(store: Pick<EvaluationStore, 'progress'>, run: RunRecord): RunFacts {
  const { done, right } = store.progress(run.id)
  const { id, groupId, dataset, label, kind, status, failure, pinned, startedAt, finishedAt, planned } = run
  const setup = readSetup(run.setup)
  return {
    id,
    groupId,
    dataset,
    label,
    kind,
    status,
    failure: failure && `${failure.message} ${failure.advice}`,
    pinned,
    startedAt,
    finishedAt,
    planned,
    done,
    percent: done === 0 ? null : (100 * right) / done,
    model: setup.model.name,
    setup: setupLines(setup),
  }
}

function setupLines(setup: RunSetup): RunFacts['setup'] {
  const { model, data, configuration, hardware } = setup
  const sample = data.limit === null ? '' : `, ${data.limit} by seed ${data.seed}`
  return [
    { name: 'model', value: `${model.name} (${model.hash.slice(0, 12)})` },
    { name: 'adapter', value: model.adapter ?? NO_ADAPTER },
    { name: 'prompt', value: setup.promptVersion },
    { name: 'code', value: `${setup.version}, ${setup.revision ?? 'no git'}` },
    { name: 'data', value: `${data.name} (${data.hash})${sample}` },
    ...(data.databases === null ? [] : [{ name: 'databases', value: data.databases }]),
    { name: 'parts', value: configuration.label },
    ...Object.entries({ ...setup.settings, effort: configuration.effort }).map(([name, value]) => ({
      name,
      value: String(value),
    })),
    {
      name: 'hardware',
      value: `${hardware.cpu}, ${hardware.cores} cores, ${hardware.memoryGb} GB, GPU: ${hardware.gpu}`,
    },
    { name: 'node', value: hardware.node },
  ]
}
