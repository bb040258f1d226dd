from st2common.runners.base_action import Action


class EchoAction(Action):
    def run(self, number):
        return {"number": number}
