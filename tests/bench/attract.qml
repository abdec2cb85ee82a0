// The page of attract.html, by Qt Quick.
import QtQuick 2.15
import QtQuick.Window 2.15

Window {
    id: page
    property var places: [[0, 0], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1]]
    property int turn: 0
    visible: true
    flags: Qt.FramelessWindowHint
    x: 0
    y: 0
    width: 1080
    height: 1920
    color: "#f6f3ec"
    Timer {
        interval: 180000 - Date.now() % 180000
        running: true
        onTriggered: { page.turn = Math.floor(Date.now() / 180000) % 8; interval = 180000 - Date.now() % 180000; restart() }
    }
    Item {
        x: 16 * page.places[page.turn][0]
        y: 16 * page.places[page.turn][1]
        width: 1080
        height: 1920
        Text { anchors.horizontalCenter: parent.horizontalCenter; y: 160; text: "和平社区便民服务大厅"; font.family: "Noto Sans CJK SC"; font.pixelSize: 48; color: "#1d1b16" }
        Text { anchors.horizontalCenter: parent.horizontalCenter; y: 640; text: "点这里开始\nTouch here to begin"; horizontalAlignment: Text.AlignHCenter; font.family: "Noto Sans CJK SC"; font.pixelSize: 100; font.bold: true; color: "#1d1b16" }
        Rectangle {
            x: 64
            y: 1300
            width: 952
            height: 260
            radius: 24
            color: "#e3efe7"
            border.color: "#2e6b4f"
            border.width: 4
            Text { anchors.centerIn: parent; text: "把身份证放在这里"; font.family: "Noto Sans CJK SC"; font.pixelSize: 48; color: "#1d1b16" }
        }
    }
}
