from st2common.runners.base_action import Action


class PrintConfigAction(Action):
    def run(self):
        # A value may be secret, and what an action prints is not: names are told, and what is meant for all eyes.
        print("region: %s" % self.config.get("region"))
        return sorted(self.config)
