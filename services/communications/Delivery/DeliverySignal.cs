using Platform.Data;

namespace Platform.Communications.Delivery;

/// <summary>Wakes the sender.</summary>
internal sealed class DeliverySignal() : WorkSignal(typeof(EmailDelivery));
