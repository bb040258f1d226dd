from chat_desk import ChatDesk
from st2common.runners.base_action import Action


class FormatExecutionResultAction(Action):
    def run(self, execution_id):
        if not execution_id:
            raise ValueError("execution_id must name an execution")
        return ChatDesk().result_of(execution_id)
