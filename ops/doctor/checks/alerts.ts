import { profilesOf } from '../../setup/needed.js';
import { ok, skipped, warning, type Check } from '../check.js';

export const alerts: Check = {
  id: 'alerts',
  title: 'Alerts',
  section: 'settings',
  run: async ({ settings }) => {
    const values = (await settings()) ?? {};
    if (!profilesOf(values).includes('monitoring')) return skipped('monitoring is off');
    const { ALERT_SMTP_HOST: server, ALERT_WEBHOOK_URL: webhook } = values;
    const ways = [
      server ? `mails by ${server}` : values['MAILJET_API_KEY'] ? 'mails by Mailjet' : '',
      webhook ? 'a webhook' : '',
    ].filter((way) => way !== '');
    if (ways.length > 0) return ok(`told by ${ways.join(' and ')}`);
    return values['SMTP_URL']
      ? warning('nobody is told: the mail server is not Grafana’s yet', 'Type: make setup, then: make up')
      : warning(
          'nobody is told of them: there is no mail server and no webhook',
          'Type: make setup MAIL=smtp (or MAIL=mailjet), or set ALERT_WEBHOOK_URL in .env; then: make up',
        );
  },
};
