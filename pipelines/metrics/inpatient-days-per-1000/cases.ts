import type { Cases } from '../../engine/cases.ts'; export default {} satisfies Cases;
