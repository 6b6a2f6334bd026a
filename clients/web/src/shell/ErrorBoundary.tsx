import { Component, type ReactNode } from 'react';
import { Fault } from '../ui/Fault';

interface Props {
  readonly children: ReactNode;
  /** Another place forgets what went wrong at this one. */
  readonly place: string;
}

export class ErrorBoundary extends Component<Props, { error: unknown; place: string }> {
  override state = { error: undefined as unknown, place: this.props.place };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: { error: unknown; place: string }) {
    return props.place === state.place ? null : { error: undefined, place: props.place };
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <Fault error={this.state.error} onRetry={() => location.reload()} />;
  }
}
