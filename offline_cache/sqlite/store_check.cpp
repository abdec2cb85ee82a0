#include "offline_cache/sqlite/store_check.h"

#include "offline_cache/sqlite/folder_lock.h"
#include "offline_cache/sqlite/schema.h"
#include "offline_cache/sqlite/store_files.h"

namespace offline_cache {

base::Result<bool> check_store(const std::filesystem::path& data) {
  const StoreFiles files{data};
  std::error_code error;
  if (!std::filesystem::exists(files.folder(), error)) return false;
  const auto lock = FolderLock::take(data);
  if (!lock) return lock.error();
  auto database = Database::open_to_read(files.database());
  if (!database) return database.error();
  const auto schema = inspect_schema(*database);
  if (!schema) return schema.error();
  if (*schema == SchemaState::empty) return base::Error{base::Failure::save_store_corrupt, "the database has no tables"};
  if (auto sound = check_pages(*database); !sound) return sound.error();
  return true;
}

}  // namespace offline_cache
