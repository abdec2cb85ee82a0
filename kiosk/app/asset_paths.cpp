#include "kiosk/app/asset_paths.h"

#include "kiosk/app/child_process.h"

namespace kiosk {

AssetPaths installed_assets() { return {program_folder().parent_path() / "share" / "linli"}; }

}  // namespace kiosk
