// The page of page.html, by Qt Quick: what a maker of native terminals would show instead.
import QtQuick 2.15
import QtQuick.Window 2.15

Window {
    id: page
    property bool english: false
    property int step: 0
    property real rem: [32, 36, 42, 28][step]
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
        Text { text: page.english ? "What would you like to do?" : "请选择要办的事"; font.family: "Noto Sans CJK SC"; font.pixelSize: 2.25 * page.rem; font.bold: true; color: "#1d1b16" }
        Text { text: page.english ? "Touch what you want to do. If you are not sure, please call staff." : "点一下您要办的事。不会用，请叫工作人员。"; font.family: "Noto Sans CJK SC"; font.pixelSize: page.rem; color: "#1d1b16" }
    }
    Grid {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 260
        columns: 2
        spacing: 24
        Repeater {
            model: [["高龄津贴申领", "八十岁以上老人，每月可领", "Senior allowance", "Monthly, for people over eighty"],
                    ["报事报修", "水电、电梯、路灯坏了，告诉我们", "Report a repair", "Water, power, lifts, lamps: tell us"],
                    ["居住证明", "开具居住情况的证明", "Proof of residence", "A certificate of where you live"],
                    ["老年优待证", "乘车、进公园的优待", "Senior card", "Cheaper buses and parks"],
                    ["医疗救助", "看病花费大，申请帮助", "Medical aid", "High bills: apply for help"],
                    ["残疾人补贴", "生活补贴和护理补贴", "Disability benefit", "For living and for care"],
                    ["取号排队", "到柜台办理，先取一个号", "Take a number", "At the counter, take a number first"],
                    ["帮助", "请工作人员过来", "Help", "Call a member of staff"]]
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
                    Text { text: modelData[page.english ? 2 : 0]; font.family: "Noto Sans CJK SC"; font.pixelSize: 1.5 * page.rem; font.bold: true; color: "#1d1b16" }
                    Text { text: modelData[page.english ? 3 : 1]; width: parent.width; wrapMode: Text.Wrap; font.family: "Noto Sans CJK SC"; font.pixelSize: page.rem; color: "#1d1b16" }
                }
                MouseArea { anchors.fill: parent; onPressed: parent.pressed = !parent.pressed }
            }
        }
    }
    Row {
        x: 48
        y: 1808
        spacing: 24
        Repeater {
            model: [["English", "中文"], ["字号", "Text size"]]
            Rectangle {
                width: 480
                height: 100
                radius: 24
                border.color: "#8a8371"
                border.width: 2
                color: "#ffffff"
                Text { anchors.centerIn: parent; text: modelData[page.english ? 1 : 0]; font.family: "Noto Sans CJK SC"; font.pixelSize: page.rem; color: "#1d1b16" }
                MouseArea { anchors.fill: parent; onClicked: index === 0 ? page.english = !page.english : page.step = (page.step + 1) % 4 }
            }
        }
    }
}
