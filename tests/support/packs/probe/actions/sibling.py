WORD = "from the action's folder"
