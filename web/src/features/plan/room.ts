// What the next song will be. A part of the room's state (state/room.ts). Pure.
import type { Plan, ServerMessage, Welcome } from '../../wire/control/control.js';

export interface PlanPart {
  plan: Plan;
}

export function enterPlan({ plan }: Welcome): PlanPart {
  return { plan };
}

export function nextPlan<S extends PlanPart>(state: S, message: ServerMessage): S {
  return message.type === 'plan' ? { ...state, plan: message.plan } : state;
}
