from st2common.runners.base_action import Action


class CountCallsAction(Action):
    def run(self, name):
        key = "calls." + name
        count = int(self.action_service.get_value(key) or 0) + 1
        # Forgotten after a day without a call.
        self.action_service.set_value(key, str(count), ttl=24 * 3600)
        return count
