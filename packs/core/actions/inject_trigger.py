from st2common.runners.base_action import Action


class InjectTriggerAction(Action):
    def run(self, trigger=None, trigger_name=None, payload=None, trace_tag=None):
        if trigger and trigger_name:
            raise ValueError("Give trigger_name or trigger, not both.")
        name = trigger_name or trigger
        if not name:
            raise ValueError("Give trigger_name, the ref of the trigger to raise an event of.")
        client = self.action_service.datastore_service.get_api_client()
        return client.webhooks.post_generic_webhook(trigger=name, payload=payload or {}, trace_tag=trace_tag)
