// Small drawings. All are decoration: the words stand beside them.
import type { ComponentChildren, JSX } from 'preact';

function Icon({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const MicrophoneIcon = (): JSX.Element => (
  <Icon>
    <rect x="9" y="3" width="6" height="11" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3M8.5 21h7" />
  </Icon>
);

export const MicrophoneOffIcon = (): JSX.Element => (
  <Icon>
    <rect x="9" y="3" width="6" height="11" rx="3" />
    <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3M8.5 21h7M4 4l16 16" />
  </Icon>
);

export const HandIcon = (): JSX.Element => (
  <Icon>
    <path d="M7.500 12V6.200a1.300 1.300 0 0 1 2.600 0V11M10.100 11V4.300a1.300 1.300 0 0 1 2.600 0V11M12.700 11V5.300a1.300 1.300 0 0 1 2.600 0V12M15.300 12V8.200a1.300 1.300 0 0 1 2.600 0V14.500c0 3.700-2.300 6.500-6 6.500-2.800 0-4.300-1.400-5.600-3.800L4.300 13.600c-.8-1.500 1-2.700 2.100-1.500l1.100 1.300" />
  </Icon>
);

export const EarIcon = (): JSX.Element => (
  <Icon>
    <path d="M7 10a5.5 5.5 0 1 1 10.4 2.5c-1 1.8-2.6 2.3-2.9 4.5-.3 2-1.4 3.5-3.3 3.5-1.7 0-2.9-1-3.2-2.700M9.8 10.200a2.7 2.7 0 0 1 5.3-.8c.2 1.6-1.6 2.2-1.9 3.7" />
  </Icon>
);

export const RobotIcon = (): JSX.Element => (
  <Icon>
    <rect x="5" y="8" width="14" height="11" rx="2.5" />
    <path d="M12 8V4.500M9.5 15.500h5M9 12v.5M15 12v.5M2.8 12v3.500M21.2 12v3.5" />
  </Icon>
);

export const AwayIcon = (): JSX.Element => (
  <Icon>
    <path d="M4 9.500a12 12 0 0 1 16 0M7 13a7.5 7.5 0 0 1 10 0M12 17.500v.2M4 4l16 16" />
  </Icon>
);

/** A conductor's hand with a baton would be too small: a star marks the leader. */
export const LeaderIcon = (): JSX.Element => (
  <Icon>
    <path d="M12 3.800l2.5 5.2 5.7.7-4.2 3.9 1.1 5.600L12 16.400l-5.1 2.800L8 13.6 3.8 9.700l5.7-.7z" />
  </Icon>
);

export const CopyIcon = (): JSX.Element => (
  <Icon>
    <rect x="8.5" y="8.5" width="11" height="12" rx="2" />
    <path d="M15.5 5.500v-.500a1.5 1.5 0 0 0-1.5-1.500H6A1.5 1.5 0 0 0 4.5 5v10A1.5 1.5 0 0 0 6 16.5" />
  </Icon>
);

export const ShareIcon = (): JSX.Element => (
  <Icon>
    <path d="M12 14.500V3.500M8 7l4-3.500L16 7M6.500 11H6a1.500 1.500 0 0 0-1.500 1.500V19A1.500 1.500 0 0 0 6 20.500h12a1.500 1.500 0 0 0 1.500-1.500v-6.500A1.500 1.500 0 0 0 18 11h-.5" />
  </Icon>
);

export const PlayIcon = (): JSX.Element => (
  <Icon>
    <path d="M7.5 5v14l11-7z" />
  </Icon>
);

export const PauseIcon = (): JSX.Element => (
  <Icon>
    <path d="M8 5v14M16 5v14" />
  </Icon>
);

export const StopIcon = (): JSX.Element => (
  <Icon>
    <rect x="6.5" y="6.5" width="11" height="11" rx="1.5" />
  </Icon>
);

export const BackIcon = (): JSX.Element => (
  <Icon>
    <path d="M17.5 6v12L9 12zM6.5 6v12" />
  </Icon>
);

export const NextIcon = (): JSX.Element => (
  <Icon>
    <path d="M6.5 6v12L15 12zM17.5 6v12" />
  </Icon>
);

export const TrashIcon = (): JSX.Element => (
  <Icon>
    <path d="M5 7h14M10 4h4M7 7l.8 12.500h8.400L17 7M10.5 10.500v5.500M13.5 10.500v5.5" />
  </Icon>
);

/** Something that can be dragged. */
export const GripIcon = (): JSX.Element => (
  <Icon>
    <path d="M5 9h14M5 15h14" />
  </Icon>
);

export const PencilIcon = (): JSX.Element => (
  <Icon>
    <path d="M5 19l1-4L16.500 4.500l3 3L9 18zM14 7l3 3" />
  </Icon>
);

export const SlidersIcon = (): JSX.Element => (
  <Icon>
    <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
    <circle cx="15" cy="7" r="2.2" />
    <circle cx="9" cy="17" r="2.2" />
  </Icon>
);

export const FadersIcon = (): JSX.Element => (
  <Icon>
    <path d="M6 4v16M12 4v16M18 4v16" />
    <path d="M3.500 9h5M9.500 15h5M15.500 7.500h5" />
  </Icon>
);

export const DoorIcon = (): JSX.Element => (
  <Icon>
    <path d="M6.5 20.5V5A1.5 1.5 0 0 1 8 3.500h8A1.5 1.5 0 0 1 17.5 5v15.500M4 20.500h16M14 11.800v.7" />
  </Icon>
);

export const HeadphonesIcon = (): JSX.Element => (
  <Icon>
    <path d="M4.5 15v-2.500a7.5 7.5 0 0 1 15 0V15" />
    <rect x="3.5" y="14" width="4" height="6" rx="1.5" />
    <rect x="16.5" y="14" width="4" height="6" rx="1.5" />
  </Icon>
);

export const DownloadIcon = (): JSX.Element => (
  <Icon>
    <path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.500M5 20h14" />
  </Icon>
);

export const RecordIcon = (): JSX.Element => (
  <Icon>
    <circle cx="12" cy="12" r="5.5" />
  </Icon>
);

export const LeaveIcon = (): JSX.Element => (
  <Icon>
    <path d="M10 4H6a1.5 1.5 0 0 0-1.5 1.500v13A1.5 1.5 0 0 0 6 20h4M14 8l4 4-4 4M18 12H9.5" />
  </Icon>
);

/** The sign of Roundelay: a round, sung by notes that follow each other. */
export function Sign(): JSX.Element {
  return (
    <svg class="sign" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path class="sign-line" d="M16 4.500a11.5 11.5 0 1 1-8.1 3.4" />
      <path class="sign-line" d="M3.8 7.300l4.4.3.1 4.4" />
      <ellipse class="sign-note" cx="13" cy="20.3" rx="3.6" ry="2.7" transform="rotate(-20 13 20.3)" />
      <path class="sign-line" d="M16.3 19.500v-9c1 2 4.2 2.3 3.7 5.8" />
    </svg>
  );
}

export const MoreIcon = (): JSX.Element => (
  <Icon>
    <path d="M6 12v.2M12 12v.2M18 12v.2" />
  </Icon>
);
