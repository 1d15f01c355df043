"""Journal, queue and limits on NATS JetStream: what makes jobs outlive every process and replicas share them."""
