import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { everyRow, pageRows, pageRowsMax, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';
import { mayDo } from '../session/may';

export type Task = Schema<'Task'>;
export type TaskState = Schema<'TaskState'>;
export type TaskOutcome = Schema<'TaskOutcome'>;
export type TaskReport = Schema<'TaskReport'>;
export type DisputeReason = NonNullable<TaskReport['dispute']>['reason'];
export type TaskQueue = Schema<'TaskQueue'>;
export type TaskTemplate = Schema<'TaskTemplate'>;

export interface TaskFilters {
  queue?: string;
  state?: TaskState[];
  mine?: boolean;
  overdue?: boolean;
  customerId?: number;
  unassigned?: boolean;
  sort?: 'dueOn' | 'priority';
}

const tasksKey = ['tasks'] as const;
const changes = (task: Task) => [tasksKey, ['overview'], ...(task.customerId ? [['customers', 'one', task.customerId]] : [])];

export function useTasks(filters: TaskFilters) {
  return useKeysetList([...tasksKey, 'list', filters], (cursor) => answered(api.GET('/tasks', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export const taskQueuesQuery = queryOptions({ queryKey: [...tasksKey, 'queues'], queryFn: () => answered(api.GET('/tasks/queues')) });
export const peopleQuery = queryOptions({ queryKey: ['people'], queryFn: () => answered(api.GET('/people')), staleTime: 5 * 60_000 });
/** Those whom a task can be given to: who may only look could not end it. */
export const workersQuery = queryOptions({ ...peopleQuery, select: ({ items }) => items.filter(({ role }) => mayDo(role, 'work-tasks')) });

/** Task templates that are in use. */
export const templateChoicesQuery = queryOptions({ queryKey: [...tasksKey, 'template-choices'], queryFn: () => everyRow((cursor) => answered(api.GET('/task-templates', { params: { query: { active: true, cursor, limit: pageRowsMax } } }))) });

export interface NewTask {
  template?: string;
  title?: string;
  queue?: string;
  instructions?: string;
  priority?: number;
  dueOn?: string;
  assigneeId?: number;
  customerId?: number;
  invoiceId?: number;
}

export function useCreateTask() {
  return useWrite({
    send: (body: NewTask, once) => answered(api.POST('/tasks', { params: { header: once }, body })),
    invalidates: (_asked, task) => changes(task),
  });
}

export function useClaimTask(onFailed: (error: unknown) => void) {
  return useWrite({ send: (task: Task, once) => answered(api.POST('/tasks/{id}/claim', { params: { path: { id: task.id }, header: once } })), invalidates: changes, onFailed });
}

export function useReleaseTask(onFailed: (error: unknown) => void) {
  return useWrite({ send: (task: Task, once) => answered(api.POST('/tasks/{id}/release', { params: { path: { id: task.id }, header: once } })), invalidates: changes, onFailed });
}

/** An outcome may move money that is asked for, holds and contacts: all that hangs on the customer is read afresh. */
export function useCompleteTask() {
  return useWrite({
    send: ({ task, report }: { task: Task; report: TaskReport }, once) => answered(api.POST('/tasks/{id}/complete', { params: { path: { id: task.id }, header: once }, body: report })),
    invalidates: ({ task }) => [...changes(task), ['invoices'], ['customers'], ['promises'], ['disputes']],
  });
}

export const taskQuery = (id: number) => queryOptions({ queryKey: [...tasksKey, 'one', id], queryFn: () => answered(api.GET('/tasks/{id}', { params: { path: { id } } })) });
export const queueChoicesQuery = queryOptions({ queryKey: [...tasksKey, 'queue-choices'], queryFn: () => everyRow((cursor) => answered(api.GET('/task-queues', { params: { query: { cursor, limit: pageRowsMax } } }))) });

export const taskTemplateChoicesQuery = queryOptions({ queryKey: [...tasksKey, 'template-choices'], queryFn: () => everyRow((cursor) => answered(api.GET('/task-templates', { params: { query: { active: true, cursor, limit: pageRowsMax } } }))) });

export function useQueueSettings(filters: { search?: string }) {
  return useKeysetList([...tasksKey, 'queue-settings', filters], (cursor) => answered(api.GET('/task-queues', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export function useTaskTemplates(filters: { search?: string; queue?: string; active?: boolean }) {
  return useKeysetList([...tasksKey, 'templates', filters], (cursor) => answered(api.GET('/task-templates', { params: { query: { ...filters, cursor, limit: pageRows } } })));
}

export function usePutQueue() {
  return useWrite({
    send: ({ name, ...body }: { name: string; assignment: TaskQueue['assignment']; escalation: TaskQueue['escalation']; escalateTo: string | null; leadId: number | null; memberIds: number[] }) => answered(api.PUT('/task-queues/{name}', { params: { path: { name } }, body })),
    invalidates: [tasksKey],
  });
}

export function usePutTemplate() {
  return useWrite({ send: ({ name, ...body }: TaskTemplate) => answered(api.PUT('/task-templates/{name}', { params: { path: { name } }, body })), invalidates: [tasksKey] });
}

export function useReassignTasks(onFailed: (error: unknown) => void) {
  return useWrite({ send: (body: { ids: number[]; assigneeId?: number; queue?: string }, once) => answered(api.POST('/tasks/reassign', { params: { header: once }, body })), invalidates: [tasksKey], onFailed });
}

export function useReassignTask() {
  return useWrite({
    send: ({ task, assigneeId, queue }: { task: Task; assigneeId: number | null; queue: string }, once) => answered(api.POST('/tasks/{id}/reassign', { params: { path: { id: task.id }, header: once }, body: { assigneeId, queue } })),
    invalidates: ({ task }) => changes(task),
  });
}
