#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <numeric>
#include <span>

#include "base/failpoint.h"
#include "base/file_descriptor.h"
#include "base/files.h"
#include "base/hex.h"
#include "base/log.h"
#include "offline_cache/audit/audit_folder.h"
#include "offline_cache/audit/audit_line.h"
#include "offline_cache/sqlite/boot_id.h"
#include "offline_cache/sqlite/folder_lock.h"

namespace offline_cache {
namespace {

namespace fs = std::filesystem;
using base::Failure;

constexpr std::size_t kBootDigits = 8;
constexpr std::chrono::hours kClockMended{24};  // a step back of less is a clock that was set right

struct Place {
  fs::path folder;
  std::string terminal;
  AuditLimits limits;
};

class FileAuditLog final : public AuditLog {
 public:
  FileAuditLog(Place place, const base::Clock& clock, AuditSigner signer, FolderLock lock)
      : place_(std::move(place)),
        clock_(clock),
        signer_(std::move(signer)),
        lock_(std::move(lock)),
        boot_(boot_id().substr(0, kBootDigits)),
        next_checkpoint_(clock.now() + kCheckpointEvery) {}

  ~FileAuditLog() override { (void)checkpoint(); }
  FileAuditLog(const FileAuditLog&) = delete;
  FileAuditLog& operator=(const FileAuditLog&) = delete;

  base::Status begin_chain(base::Random& random);
  base::Status go_on(const AuditReport& report, const fs::path& newest, std::size_t torn_bytes);

  base::Status append(const AuditRecord& record) override;
  base::Status sync() override;
  base::Status checkpoint() override;
  AuditHead head() const override { return durable_; }
  base::Instant next_checkpoint() const override { return since_checkpoint_ > 0 ? next_checkpoint_ : base::Instant::max(); }

 private:
  base::Status open_file(std::int64_t first, int flags);
  base::Status begin_file();
  base::Status write_waiting();
  base::Status tidy();
  bool is_past_its_time(std::string_view end, std::span<const fs::path> files) const;
  void add_line(const AuditRecord& record);
  base::Status broke(base::Error error);
  base::Status broke(int error) { return broke(audit_file_error(file_name_, error)); }

  Place place_;
  const base::Clock& clock_;
  AuditSigner signer_;
  FolderLock lock_;
  std::string boot_;
  AuditHead last_, durable_;
  base::FileDescriptor file_;
  fs::path file_name_;
  std::uintmax_t file_bytes_ = 0;
  std::string waiting_;  // lines that are not written yet
  int since_checkpoint_ = 0;
  base::Instant next_checkpoint_;
  std::optional<base::Error> broken_;
};

base::Status FileAuditLog::broke(base::Error error) {
  if (!broken_) broken_ = error;
  return error;
}

base::Status FileAuditLog::open_file(std::int64_t first, int flags) {
  file_name_ = audit_file_name(place_.folder, first);
  file_ = base::FileDescriptor(open(file_name_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | flags, 0600));
  struct stat status {};
  if (!file_.valid() || fstat(file_.get(), &status) != 0) return broke(errno);
  file_bytes_ = static_cast<std::uintmax_t>(status.st_size);
  return {};
}

// Its name is on the disk before anything is written into it: a power cut would take synced records with it otherwise. The head
// line travels with the first records of the file: a file without any record never stands alone for long.
base::Status FileAuditLog::begin_file() {
  if (auto opened = open_file(last_.record + 1, O_CREAT | O_TRUNC); !opened) return opened;
  if (auto synced = base::sync_folder(place_.folder); !synced) return broke({Failure::audit_unwritable, synced.error().detail});
  waiting_ = written(AuditFileHead{place_.terminal, last_.chain, last_.record + 1, last_.hash}) + '\n';
  return {};
}

base::Status FileAuditLog::begin_chain(base::Random& random) {
  std::array<std::uint8_t, 16> name{};
  random.fill(name);
  last_ = {base::to_hex(name), 0, {}};
  last_.hash = genesis(place_.terminal, last_.chain);
  if (auto begun = begin_file(); !begun) return begun;
  add_line(AuditRecord(AuditEvent::log_begun));
  return sync();
}

base::Status FileAuditLog::go_on(const AuditReport& report, const fs::path& newest, std::size_t torn_bytes) {
  last_ = durable_ = {report.chain, report.last, report.head};
  std::int64_t first = std::stoll(newest.stem().string());
  if (auto opened = open_file(first, 0); !opened) return opened;
  if (torn_bytes == 0) return {};
  if (ftruncate(file_.get(), static_cast<off_t>(file_bytes_ - torn_bytes)) != 0) return broke(errno);
  file_bytes_ -= torn_bytes;
  AuditRecord recovered(AuditEvent::recovered);
  recovered.add(static_cast<std::int64_t>(torn_bytes));
  if (file_bytes_ == 0) waiting_ = written(AuditFileHead{place_.terminal, last_.chain, last_.record + 1, last_.hash}) + '\n';
  add_line(recovered);
  return sync();
}

void FileAuditLog::add_line(const AuditRecord& record) {
  using namespace std::chrono;
  const auto since_boot = duration_cast<milliseconds>(clock_.now().time_since_epoch()).count();
  const std::string hashed = fmt::format("{} {} {}+{} {}{}", last_.record + 1, utc_text(clock_.wall()), boot_, since_boot,
                                         entry(record.event()).name, record.fields());
  last_.hash = chained(last_.hash, hashed);
  ++last_.record;
  ++since_checkpoint_;
  waiting_ += hashed + ' ' + base::to_hex(last_.hash) + '\n';
}

base::Status FileAuditLog::append(const AuditRecord& record) {
  if (broken_) return *broken_;
  add_line(record);
  return {};
}

base::Status FileAuditLog::write_waiting() {
  const char* bytes = waiting_.data();
  std::size_t left = waiting_.size();
  while (left > 0) {
    const ssize_t wrote = write(file_.get(), bytes, left);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return broke(wrote < 0 ? errno : EIO);
    bytes += wrote;
    left -= static_cast<std::size_t>(wrote);
  }
  const auto written = []() -> base::Status {
    LINLI_FAILPOINT("audit-written");
    return {};
  };
  if (!written()) return broke(EIO);
  file_bytes_ += waiting_.size();
  waiting_.clear();
  if (fdatasync(file_.get()) != 0) return broke(errno);
  durable_ = last_;
  return {};
}

base::Status FileAuditLog::sync() {
  if (broken_) return *broken_;
  const bool due = since_checkpoint_ >= kRecordsPerCheckpoint || (since_checkpoint_ > 0 && clock_.now() >= next_checkpoint_);
  if (due) return checkpoint();
  if (waiting_.empty()) return {};
  if (auto done = write_waiting(); !done) return done;
  if (file_bytes_ < place_.limits.file_bytes) return {};
  return tidy();
}

base::Status FileAuditLog::checkpoint() {
  if (broken_) return *broken_;
  next_checkpoint_ = clock_.now() + kCheckpointEvery;
  if (since_checkpoint_ == 0) return {};
  const std::string signature = signer_.sign(checkpoint_text(last_.chain, last_.record, last_.hash));
  const std::string hex = base::to_hex({reinterpret_cast<const std::uint8_t*>(signature.data()), signature.size()});
  AuditRecord record(AuditEvent::checkpoint);
  record.add(AuditProof{signer_.key_id}).add(AuditProof{hex});
  add_line(record);
  since_checkpoint_ = 0;
  if (auto done = write_waiting(); !done) return done;
  return file_bytes_ < place_.limits.file_bytes ? base::Status() : tidy();
}

// The latest time in a file of the log; empty when nothing of it can be read.
std::string latest_time_in(const fs::path& file) {
  std::string latest;
  const auto bytes = base::read_file(file, kLargestAuditFile);
  std::string_view rest = bytes ? std::string_view(*bytes) : std::string_view();
  for (auto end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
    if (const auto line = read_audit_line(rest.substr(0, end)); line && line->time > latest) latest = line->time;
    rest.remove_prefix(end + 1);
  }
  return latest;
}

// `end`: what the clock said at the end of the oldest file. A clock that stands before what it said earlier was wrong then or is
// now, and vouches for no age: then the quota alone decides.
bool FileAuditLog::is_past_its_time(std::string_view end, std::span<const fs::path> files) const {
  if (end <= utc_text(clock_.wall() - place_.limits.keep)) return true;
  const auto future = utc_text(clock_.wall() + kClockMended);
  return std::any_of(files.begin(), files.end(), [&](const fs::path& file) { return latest_time_in(file) > future; });
}

// Begins the next file; beyond the quota the oldest goes, when it is past its time. Not by a clock that leapt alone: a leap
// makes nothing go that the quota would keep.
base::Status FileAuditLog::tidy() {
  if (auto begun = begin_file(); !begun) return begun;
  LINLI_FAILPOINT("audit-file-begun");
  const auto files = audit_files(place_.folder);
  const auto total = std::accumulate(files.begin(), files.end(), std::uintmax_t{0}, [](std::uintmax_t sum, const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    return error ? sum : sum + size;
  });
  if (total <= place_.limits.quota_bytes || files.size() < 3) return {};
  const AuditTrust nobody;
  AuditWalk oldest(nobody);
  const auto bytes = base::read_file(files.front(), kLargestAuditFile);
  if (!bytes) return broke({Failure::audit_unwritable, bytes.error().detail});
  oldest.file({}, *bytes, false);
  if (oldest.report().fault || !is_past_its_time(oldest.last_time(), files))
    return broke({Failure::audit_unwritable, "the audit log has reached its quota before its time"});
  AuditRecord record(AuditEvent::truncated);
  const std::string hash = base::to_hex(oldest.report().head);
  record.add(oldest.report().last + 1).add(AuditProof{hash});
  add_line(record);
  if (auto done = checkpoint(); !done) return done;
  LINLI_FAILPOINT("audit-end-recorded");
  std::error_code error;
  fs::remove(files.front(), error);
  return error ? broke(error.value()) : base::sync_folder(place_.folder);
}

// A machine that died before the first line of a new file was written.
bool has_no_head(const fs::path& file) {
  const auto bytes = base::read_file(file, kLargestAuditFile);
  return bytes && bytes->find('\n') == bytes->npos;
}

struct Found {
  AuditReport report;
  std::size_t torn_bytes = 0;
  fs::path newest;
  std::string bytes;  // of it
};

// Only the newest file: the whole log is verified by `linlictl audit verify`, not while somebody waits for the machine.
base::Result<Found> look_at_newest(const std::vector<fs::path>& files) {
  const AuditTrust nobody;
  AuditWalk walk(nobody);
  const auto bytes = base::read_file(files.back(), kLargestAuditFile);
  if (!bytes) return base::Error{Failure::audit_unreadable, bytes.error().detail};
  walk.file(files.back().filename().string(), *bytes, true);
  return Found{walk.report(), walk.torn_bytes(), files.back(), *bytes};
}

}  // namespace

base::Result<OpenedAuditLog> open_audit_log(const fs::path& data, const std::string& terminal, const AuditLimits& limits,
                                            const base::Clock& clock, base::Random& random, AuditSigner signer) {
  const fs::path folder = data / "audit";
  auto lock = FolderLock::take(folder);
  if (!lock) return base::Error{Failure::audit_unwritable, lock.error().detail};
  auto files = audit_files(folder);
  while (files.size() > 1 && has_no_head(files.back())) {
    std::error_code ignored;
    fs::remove(files.back(), ignored);
    files.pop_back();
  }
  OpenedAuditLog opened;
  std::int64_t bad_record = 0;
  if (!files.empty()) {
    auto found = look_at_newest(files);
    if (!found) return found.error();
    const bool empty = found->report.last == 0 && files.size() == 1 && !found->report.fault;  // died in its first second
    if (!found->report.fault && found->report.terminal == terminal) {
      // After a sync that failed, lines are shown that the medium never took (as in offline_cache/sqlite/log_copy.h); a head that
      // the platform was told would be missing after a power cut. Where there is no room for it, the log goes on as it is.
      if (const auto written = base::write_file(found->newest, found->bytes, 0600); !written) base::log::failure(written.error());
      auto log = std::make_unique<FileAuditLog>(Place{folder, terminal, limits}, clock, std::move(signer), *std::move(lock));
      if (auto ready = log->go_on(found->report, found->newest, found->torn_bytes); !ready) return ready.error();
      opened.log = std::move(log);
      return opened;
    }
    opened.damaged = !empty;
    bad_record = found->report.fault ? found->report.fault->record : 1;
    if (auto aside = set_audit_aside(data, clock.wall()); !aside) return aside.error();
    lock = FolderLock::take(folder);
    if (!lock) return base::Error{Failure::audit_unwritable, lock.error().detail};
  }
  auto log = std::make_unique<FileAuditLog>(Place{folder, terminal, limits}, clock, std::move(signer), *std::move(lock));
  if (auto begun = log->begin_chain(random); !begun) return begun.error();
  if (opened.damaged) {
    AuditRecord record(AuditEvent::set_aside);
    record.add(bad_record);
    if (auto added = log->append(record); !added) return added.error();
    if (auto synced = log->checkpoint(); !synced) return synced.error();
  }
  opened.log = std::move(log);
  return opened;
}

}  // namespace offline_cache
