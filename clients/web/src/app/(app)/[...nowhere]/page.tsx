import { Nowhere } from '../../../shell/Nowhere';

/** An address that leads nowhere, told within the frame, so that one can go on from there. */
export default Nowhere;
