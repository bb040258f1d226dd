from st2common.runners.base_action import Action


class ObjectReturnAction(Action):
    def run(self):
        return {"name": "lighthouse", "height": 42, "lamps": [{"on": True}, {"on": False}]}
