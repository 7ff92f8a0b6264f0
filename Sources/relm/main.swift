print("relm")
