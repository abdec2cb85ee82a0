// The page of page.html, by Qt Quick: what a maker of native terminals would show instead.
import QtQuick 2.15
import QtQuick.Window 2.15

Window {
    visible: true
    flags: Qt.FramelessWindowHint
    x: 0
    y: 0
    width: 1080
    height: 1920
    color: "#f6f3ec"
    Column {
        x: 48
        y: 72
        spacing: 12
        Text { text: "请选择要办的事"; font.family: "Noto Sans CJK SC"; font.pixelSize: 72; font.bold: true; color: "#1d1b16" }
        Text { text: "点一下您要办的事。不会用，请叫工作人员。"; font.family: "Noto Sans CJK SC"; font.pixelSize: 32; color: "#1d1b16" }
    }
    Grid {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 260
        columns: 2
        spacing: 24
        Repeater {
            model: [["高龄津贴申领", "八十岁以上老人，每月可领"], ["报事报修", "水电、电梯、路灯坏了，告诉我们"],
                    ["居住证明", "开具居住情况的证明"], ["老年优待证", "乘车、进公园的优待"], ["医疗救助", "看病花费大，申请帮助"],
                    ["残疾人补贴", "生活补贴和护理补贴"], ["取号排队", "到柜台办理，先取一个号"], ["帮助", "请工作人员过来"]]
            Rectangle {
                property bool pressed: false
                width: 480
                height: 360
                radius: 24
                border.color: "#8a8371"
                border.width: 2
                color: pressed ? "#cfe3d4" : "#ffffff"
                Column {
                    x: 36
                    y: 36
                    width: 408
                    spacing: 12
                    Text { text: modelData[0]; font.family: "Noto Sans CJK SC"; font.pixelSize: 48; font.bold: true; color: "#1d1b16" }
                    Text { text: modelData[1]; width: parent.width; wrapMode: Text.Wrap; font.family: "Noto Sans CJK SC"; font.pixelSize: 32; color: "#1d1b16" }
                }
                MouseArea { anchors.fill: parent; onPressed: parent.pressed = !parent.pressed }
            }
        }
    }
}
