#include "kiosk/app/office_connection.h"

#include <ctime>

#include "kiosk/app/audit_trail.h"
#include "offline_cache/courier/clock_quality.h"
#include "offline_cache/registrar/thread_registrar.h"

namespace kiosk {
namespace {

std::chrono::year_month_day local_date(base::WallTime at) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm local{};
  localtime_r(&seconds, &local);
  return std::chrono::year{local.tm_year + 1900} / (local.tm_mon + 1) / local.tm_mday;
}

offline_cache::RegistrarConfiguration registrar_configuration(const offline_cache::CourierConfiguration& courier,
                                                              const std::vector<ServiceDefinition>& services) {
  offline_cache::RegistrarConfiguration registrar;
  registrar.data_folder = courier.data_folder;
  registrar.platform_url = courier.platform_url;
  registrar.terminal = courier.terminal;
  for (const ServiceDefinition& service : services)
    if (service.ticket && registrar.series.find(service.ticket->series) == std::string::npos)
      registrar.series += service.ticket->series;
  registrar.catalogue_keys = courier.answer_keys;
  registrar.software = LINLI_VERSION;
  if (courier.suite == 1) registrar.device_key = courier.device_key;
  registrar.hall_time = {local_date, offline_cache::clock_is_synchronised};
  registrar.http = courier.http;
  registrar.trust = courier.trust;
  registrar.fleet_spread = courier.fleet_spread;
  return registrar;
}

}  // namespace

void connect_office(Devices& devices, offline_cache::CourierConfiguration courier, const std::vector<ServiceDefinition>& services,
                    const base::Clock& clock, base::Random& random, const Sinks& sinks) {
  devices.registrar = offline_cache::make_registrar(registrar_configuration(courier, services), clock, random, sinks.books);
  courier.audit = [registrar = devices.registrar.get()](const offline_cache::QueueActionDone& done) {
    registrar->record(audit_record_of(done));
  };
  devices.courier = offline_cache::make_queue_courier(std::move(courier), clock, random, sinks.answers);
}

}  // namespace kiosk
