import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schema } from '../http/client';
import { pageRows, useKeysetList } from '../http/useKeysetList';
import { useWrite } from '../http/useWrite';

export type Task = Schema<'Task'>;
export type TaskState = Schema<'TaskState'>;
export type TaskOutcome = Schema<'TaskOutcome'>;

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

export function useClaimTask(onFailed: (error: unknown) => void) {
  return useWrite({ send: (task: Task, once) => answered(api.POST('/tasks/{id}/claim', { params: { path: { id: task.id }, header: once } })), invalidates: changes, onFailed });
}

export function useReleaseTask(onFailed: (error: unknown) => void) {
  return useWrite({ send: (task: Task, once) => answered(api.POST('/tasks/{id}/release', { params: { path: { id: task.id }, header: once } })), invalidates: changes, onFailed });
}

export function useCompleteTask() {
  return useWrite({
    send: ({ task, outcome, note }: { task: Task; outcome: TaskOutcome; note?: string }, once) => answered(api.POST('/tasks/{id}/complete', { params: { path: { id: task.id }, header: once }, body: { outcome, note } })),
    invalidates: ({ task }) => changes(task),
  });
}

export function useReassignTask() {
  return useWrite({
    send: ({ task, assigneeId, queue }: { task: Task; assigneeId: number | null; queue: string }, once) => answered(api.POST('/tasks/{id}/reassign', { params: { path: { id: task.id }, header: once }, body: { assigneeId, queue } })),
    invalidates: ({ task }) => changes(task),
  });
}
