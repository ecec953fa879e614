/** Gives each of jest's workers the school that global-setup.js started for it. */
const schools = JSON.parse(process.env.JOURNEY_SCHOOLS);
Object.assign(process.env, schools[Number(process.env.JEST_WORKER_ID) - 1]);
