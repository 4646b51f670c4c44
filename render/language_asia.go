package render

func chinese() *language {
	return &language{
		tag:     "zh-Hans",
		changes: counted{"处更改", "处更改"}, clauses: counted{"个条款", "个条款"},
		insertions: counted{"处新增", "处新增"}, deletions: counted{"处删除", "处删除"},
		moves: counted{"处移动", "处移动"}, unchanged: counted{"段未更改的文字", "段未更改的文字"},
		in: "，涉及 ", none: "无更改",
		limited:  "两份文本差异过大，部分内容未逐字比较。",
		omitted:  "此处未显示其余 %d 处更改。",
		inserted: "新增：", insertedEnd: "（新增结束）", deleted: "删除：", deletedEnd: "（删除结束）",
		movedHere: "移至此处：", movedAway: "已移走：", movedEnd: "（移动结束）",
		restyled: "强调方式更改：", reshaped: "形式更改：", renumbered: "重新编号：", back: "返回引用处",
		previous: "上一处更改", next: "下一处更改", first: "第一处更改",
		toOld: "前往原位置", toNew: "前往新位置", movedTo: "移至 %s", movedFrom: "自 %s 移来", before: "更改前", after: "更改后",
	}
}

func traditionalChinese() *language {
	return &language{
		tag:     "zh-Hant",
		changes: counted{"處變更", "處變更"}, clauses: counted{"個條款", "個條款"},
		insertions: counted{"處新增", "處新增"}, deletions: counted{"處刪除", "處刪除"},
		moves: counted{"處移動", "處移動"}, unchanged: counted{"段未變更的文字", "段未變更的文字"},
		in: "，涉及 ", none: "無變更",
		limited:  "兩份文本差異過大，部分內容未逐字比較。",
		omitted:  "此處未顯示其餘 %d 處變更。",
		inserted: "新增：", insertedEnd: "（新增結束）", deleted: "刪除：", deletedEnd: "（刪除結束）",
		movedHere: "移至此處：", movedAway: "已移走：", movedEnd: "（移動結束）",
		restyled: "強調方式變更：", reshaped: "形式變更：", renumbered: "重新編號：", back: "返回引用處",
		previous: "上一處變更", next: "下一處變更", first: "第一處變更",
		toOld: "前往原位置", toNew: "前往新位置", movedTo: "移至 %s", movedFrom: "自 %s 移來", before: "變更前", after: "變更後",
	}
}

func japanese() *language {
	return &language{
		tag:     "ja",
		changes: counted{"か所の変更", "か所の変更"}, clauses: counted{"条項", "条項"},
		insertions: counted{"か所の追加", "か所の追加"}, deletions: counted{"か所の削除", "か所の削除"},
		moves: counted{"か所の移動", "か所の移動"}, unchanged: counted{"段落は変更なし", "段落は変更なし"},
		in: "、", none: "変更なし",
		limited:  "文書の違いが大きいため、一部は語ごとに比較していません。",
		omitted:  "ほかに%dか所の変更がありますが、ここには表示していません。",
		inserted: "追加：", insertedEnd: "（追加ここまで）", deleted: "削除：", deletedEnd: "（削除ここまで）",
		movedHere: "ここへ移動：", movedAway: "別の場所へ移動：", movedEnd: "（移動ここまで）",
		restyled: "強調の変更：", reshaped: "形式の変更：", renumbered: "番号の変更：", back: "参照元に戻る",
		previous: "前の変更", next: "次の変更", first: "最初の変更",
		toOld: "元の位置へ", toNew: "新しい位置へ", movedTo: "%sへ移動", movedFrom: "%sから移動", before: "変更前", after: "変更後",
	}
}
