"""What a new workspace finds: how calls and meetings usually end. Pure."""

# what, code, English, Arabic, somebody was reached, what was hoped for came of it
OUTCOMES = (
    ("call", "reached", "Reached", "تم الوصول", True, False),
    ("call", "agreed", "Agreed on a next step", "اتُّفق على خطوة تالية", True, True),
    ("call", "call_back", "Asked to be called back", "طلب معاودة الاتصال", True, False),
    ("call", "not_interested", "Not interested", "غير مهتم", True, False),
    ("call", "left_message", "Left a message", "تُركت رسالة", False, False),
    ("call", "no_answer", "No answer", "لا رد", False, False),
    ("call", "wrong_number", "Wrong number", "رقم خاطئ", False, False),
    ("meeting", "held", "Held", "انعقد", True, True),
    ("meeting", "no_show", "Nobody came", "لم يحضر أحد", False, False),
    ("meeting", "moved", "Moved to another time", "أُجِّل إلى موعد آخر", False, False),
    ("meeting", "cancelled", "Called off", "أُلغي", False, False),
)
