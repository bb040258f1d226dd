from st2common.runners.base_action import Action


class GreetAction(Action):
    def run(self, what, detail=""):
        line = "{}: {}".format(what, detail) if detail else what
        print(line)
        return {"line": line, "length": len(line)}
